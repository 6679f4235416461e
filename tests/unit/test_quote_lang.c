/* quote in other languages: German, French, Spanish, and languages that the program has no words
 * of. All texts are invented. */
#include "story_bench.h"

#include "quote.h"

typedef struct lang_case {
    const char *text;
    const char *want; /* content, parts joined by " + ", " = ", speaker; joined by " | " */
} lang_case;

static void append(char *out, size_t cap, const char *between, sst_str s)
{
    size_t n = strlen(out), k = n ? strlen(between) : 0;
    assert_true(n + k + s.n + 1 < cap);
    memcpy(out + n, between, k);
    memcpy(out + n + k, s.p, s.n);
    out[n + k + s.n] = 0;
}

/* type 0: all that stands between marks; else indirect speech alone. */
static void run_type(const char *lang, const lang_case *c, size_t n, uint8_t type)
{
    static const sst_limits limits = {1u << 30, 1u << 26, 1000, 512};
    int failed = 0;
    for (size_t i = 0; i < n; i++) {
        sst_document d = {.kind = SST_KIND_TEXT, .source = STR("a"), .id = STR("a")};
        d.body = str_of(c[i].text);
        d.lang = str_of(lang);
        d.title = STR("-");
        sst_article *a;
        sst_arena arena;
        sst_text t;
        sst_quotes q;
        arena_init(&arena, 0);
        assert_int_equal(page_article(&d, &limits, &a), SST_OK);
        assert_true(str_eq(a->lang, str_of(lang)));
        assert_int_equal(text_analyse(a, &arena, &t), SST_OK);
        assert_int_equal(quote_find(&t, &arena, &q), SST_OK);
        char got[2048] = "";
        for (uint32_t k = 0; k < q.n; k++) {
            const sst_quote *x = &q.v[k];
            if ((x->type == QUOTE_INDIRECT) != (type == QUOTE_INDIRECT))
                continue;
            append(got, sizeof got, " | ", STR(""));
            for (uint32_t m = 0; m < x->content.n; m++)
                append(got, sizeof got, m ? " + " : "", str_span(t.s, x->content.v[m]));
            append(got, sizeof got, " = ", x->speaker.n ? x->speaker : STR("-"));
        }
        if (strcmp(got, c[i].want) != 0) {
            print_error("%s\n gives %s\n  want %s\n", c[i].text, got, c[i].want);
            failed++;
        }
        page_free(a);
        arena_release(&arena);
    }
    assert_int_equal(failed, 0);
}

static void run(const char *lang, const lang_case *c, size_t n)
{
    run_type(lang, c, n, 0);
}

static void indirect(void **state)
{
    (void)state;
    static const lang_case german_cases[] = {
        {"Ida Brandt sagte am Montag, dass die Mole erneuert wird.",
         "dass die Mole erneuert wird = Ida Brandt"},
        {"Ida Brandt sagte, die Mole werde erneuert. Es gehe um die Sicherheit aller Fischer.",
         "die Mole werde erneuert = Ida Brandt | Es gehe um die Sicherheit aller Fischer = Ida "
         "Brandt"},
        {"Nach Angaben der Polizei war der Weg gesperrt.", "war der Weg gesperrt = Polizei"},
        {"Der Schaden liegt laut Polizei bei 4000 Euro.",
         "Der Schaden liegt + bei 4000 Euro = Polizei"},
        {"Der Weg bleibe gesperrt, sagte Ida Brandt am Abend.",
         "Der Weg bleibe gesperrt = Ida Brandt"},
        {"Der Weg ist gesperrt, wie die Polizei am Montag mitteilte.",
         "Der Weg ist gesperrt = Polizei"},
        {"Ida Brandt warf dem Senat vor, die Mole vergessen zu haben.",
         "die Mole vergessen zu haben = Ida Brandt"},
        {"Laut Fahrplan verkehrt die Bahn jede Stunde.", ""},
        {"Wenn Ida Brandt sagt, dass es regnet, bleibt der Markt leer.", ""},
        {"Ida Brandt sagte nicht, dass die Mole sicher ist.", ""},
        {"Der Regen hörte auf. Es sei denn, der Wind dreht noch einmal.", ""},
    };
    static const lang_case french_cases[] = {
        {"Jeanne Morel a déclaré lundi que la digue serait refaite.",
         "que la digue serait refaite = Jeanne Morel"},
        {"Selon Jeanne Morel, la digue sera refaite au printemps.",
         "la digue sera refaite au printemps = Jeanne Morel"},
        {"La digue sera refaite, a assuré Jeanne Morel.", "La digue sera refaite = Jeanne Morel"},
        {"La digue, a estimé Jeanne Morel, ne tiendra pas l'hiver.",
         "La digue + ne tiendra pas l'hiver = Jeanne Morel"},
        {"Selon la loi, les digues sont visitées chaque année.", ""},
        {"Les pêcheurs ne disent pas qu'ils ont peur.", ""},
        {"Jeanne Morel a annoncé une mesure que les pêcheurs attendaient.", ""},
        {"On dit que la digue est vieille.", ""},
    };
    static const lang_case spanish_cases[] = {
        {"Ana Robledo dijo este lunes que el muelle será reparado.",
         "que el muelle será reparado = Ana Robledo"},
        {"Ana Robledo visitó el puerto. Afirmó que el muelle será reparado.",
         "que el muelle será reparado = Ana Robledo"},
        {"El muelle será reparado, informó el Ayuntamiento.",
         "El muelle será reparado = Ayuntamiento"},
        {"Según Ana Robledo, el muelle será reparado en mayo.",
         "el muelle será reparado en mayo = Ana Robledo"},
        {"Según la ley, los muelles se revisan cada año.", ""},
        {"Se dijo que el muelle era viejo.", ""},
        {"Ana Robledo no dijo que el muelle fuera seguro.", ""},
    };
    run_type("de", german_cases, sizeof german_cases / sizeof *german_cases, QUOTE_INDIRECT);
    run_type("fr", french_cases, sizeof french_cases / sizeof *french_cases, QUOTE_INDIRECT);
    run_type("es", spanish_cases, sizeof spanish_cases / sizeof *spanish_cases, QUOTE_INDIRECT);
}

static void german(void **state)
{
    (void)state;
    static const lang_case cases[] = {
        {"„Wir bauen die Mole neu“, sagte Bürgermeisterin Ida Brandt am Montag.",
         "Wir bauen die Mole neu = Ida Brandt"},
        {"»Das Wasser stand bis zum Fenster«, erzählte Otto Kern.",
         "Das Wasser stand bis zum Fenster = Otto Kern"},
        {"\"Niemand hat uns gewarnt\", klagte der Fischer Jens Falk.",
         "Niemand hat uns gewarnt = Jens Falk"},
        {"Ida Brandt sagte: „Wir zahlen keinen Cent mehr.“",
         "Wir zahlen keinen Cent mehr. = Ida Brandt"},
        {"„Der Damm hält“, so Ingenieur Udo Pahl. „Aber wir messen jeden Tag.“",
         "Der Damm hält + Aber wir messen jeden Tag. = Udo Pahl"},
        {"„Die Fähre fährt wieder“, hat die Sprecherin Lena Vogt am Abend gesagt.",
         "Die Fähre fährt wieder = Lena Vogt"},
        {"„Das“, betonte Otto Kern, „war ein Fehler.“", "Das + war ein Fehler. = Otto Kern"},
        {"Am Dienstag sagte Kapitän Rolf Ewald: „Die Pumpe lief die ganze Nacht.“",
         "Die Pumpe lief die ganze Nacht. = Rolf Ewald"},
        {"Laut Ida Brandt ist die Brücke „nicht mehr zu retten“.",
         "nicht mehr zu retten = Ida Brandt"},
        {"„Die Brücke ist sicher“, Ida Brandt zufolge.", "Die Brücke ist sicher = Ida Brandt"},
        {"„Die Brücke ist sicher“, laut Ida Brandt.", "Die Brücke ist sicher = Ida Brandt"},
        {"Ida Brandt zufolge ist die Brücke „nicht mehr zu retten“.",
         "nicht mehr zu retten = Ida Brandt"},
        {"Otto Kern nannte den Plan „völlig verrückt“.", "völlig verrückt = Otto Kern"},
        {"Ida Brandt war gestern im Hafen. „Ich habe so etwas noch nie gesehen“, sagte sie.",
         "Ich habe so etwas noch nie gesehen = Ida Brandt"},
        {"Otto Kern kam zu spät. „Der Bus fiel aus!“, rief er.", "Der Bus fiel aus! = Otto Kern"},
        {"„Wir suchen weiter“, teilte die Polizei mit.", "Wir suchen weiter = Polizei"},
        {"„Wann kommt die Hilfe?“, fragte eine Anwohnerin.",
         "Wann kommt die Hilfe? = eine Anwohnerin"},
        {"„Wir hören ‚morgen‘ seit einem Jahr“, schrieb Jens Falk.",
         "Wir hören ‚morgen‘ seit einem Jahr = Jens Falk"},
        {"„Wir bleiben“, sagte Lena Vogt, die Leiterin des Museums.\n„Wir haben keine Wahl, und "
         "das weiß auch der "
         "Senat.“",
         "Wir bleiben + Wir haben keine Wahl, und das weiß auch der Senat. = Lena "
         "Vogt"},
        {"Die Mole liege zu tief, sagte Otto Kern: „Wir warnen seit Jahren.“",
         "Wir warnen seit Jahren. = Otto Kern"},
        {"Sie las das Buch „Der stille Hafen“ und schwieg.", ""},
        {"Der sogenannte „Nebelpreis“ geht nach Bremen.", ""},
    };
    run("de", cases, sizeof cases / sizeof *cases);
}

static void french(void **state)
{
    (void)state;
    static const lang_case cases[] = {
        {"« Nous allons reconstruire la digue », a déclaré la maire Jeanne Morel lundi.",
         "Nous allons reconstruire la digue = Jeanne Morel"},
        {"«Personne ne nous a prévenus», regrette Paul Garnier.",
         "Personne ne nous a prévenus = Paul Garnier"},
        {"“Le bac repart demain”, explique Claire Aubin.", "Le bac repart demain = Claire Aubin"},
        {"Jeanne Morel a déclaré : « Nous ne paierons pas un centime de plus. »",
         "Nous ne paierons pas un centime de plus. = Jeanne Morel"},
        {"Paul Garnier est arrivé en retard. « Le car n'est jamais venu », dit-il.",
         "Le car n'est jamais venu = Paul Garnier"},
        {"Jeanne Morel a visité le port. « Je n'ai jamais vu cela », a-t-elle ajouté.",
         "Je n'ai jamais vu cela = Jeanne Morel"},
        {"« Cette décision, affirme Paul Garnier, nous condamne. »",
         "Cette décision, affirme Paul Garnier, nous condamne. = -"},
        {"« Cette décision », affirme Paul Garnier, « nous condamne tous. »",
         "Cette décision + nous condamne tous. = Paul Garnier"},
        {"Selon Jeanne Morel, le pont n'est « plus réparable ».", "plus réparable = Jeanne Morel"},
        {"D'après Claire Aubin, la pompe a tourné « toute la nuit ».",
         "toute la nuit = Claire Aubin"},
        {"« Le pont est sûr », comme l'a dit Jeanne Morel.", "Le pont est sûr = Jeanne Morel"},
        {"« Le pont est sûr », comme l'a expliqué Paul Garnier lundi.",
         "Le pont est sûr = Paul Garnier"},
        {"Paul Garnier qualifie ce projet de « pure folie ».", "pure folie = Paul Garnier"},
        {"« Quand viendront les secours ? », demande une habitante.",
         "Quand viendront les secours ? = une habitante"},
        {"« Les recherches continuent », indique la préfecture.",
         "Les recherches continuent = la préfecture"},
        {"« Nous restons », assure Claire Aubin, directrice du musée.\n« Nous n'avons pas le "
         "choix, et la "
         "mairie le sait. »",
         "Nous restons + Nous n'avons pas le choix, et la mairie le sait. = Claire "
         "Aubin"},
        {"« On nous répond “demain” depuis un an », écrit Paul Garnier.",
         "On nous répond “demain” depuis un an = Paul Garnier"},
        {"« Le quai est sûr », selon l'ingénieur Luc Tessier.", "Le quai est sûr = Luc Tessier"},
        {"Elle a relu le roman « Le Port du silence » sans un mot.", ""},
    };
    run("fr", cases, sizeof cases / sizeof *cases);
}

static void spanish(void **state)
{
    (void)state;
    static const lang_case cases[] = {
        {"«Vamos a reconstruir el dique», dijo la alcaldesa Carmen Rueda el lunes.",
         "Vamos a reconstruir el dique = Carmen Rueda"},
        {"“Nadie nos avisó”, lamentó el pescador Tomás Vidal.", "Nadie nos avisó = Tomás Vidal"},
        {"\"El agua llegaba a la ventana\", contó Elena Prado.",
         "El agua llegaba a la ventana = Elena Prado"},
        {"Carmen Rueda afirmó: «No pagaremos ni un céntimo más».",
         "No pagaremos ni un céntimo más = Carmen Rueda"},
        {"“El dique aguanta”, ha declarado el ingeniero Luis Ortega. “Pero medimos cada día”.",
         "El dique aguanta + Pero medimos cada día = Luis Ortega"},
        {"“El barco sale mañana”, según explicó Elena Prado.",
         "El barco sale mañana = Elena Prado"},
        {"Según Carmen Rueda, el puente “ya no tiene arreglo”.",
         "ya no tiene arreglo = Carmen Rueda"},
        {"Según explicó Carmen Rueda, la bomba funcionó “toda la noche”.",
         "toda la noche = Carmen Rueda"},
        {"Tomás Vidal calificó el plan de “auténtica locura”.", "auténtica locura = Tomás Vidal"},
        {"Carmen Rueda visitó el puerto. “Nunca había visto algo así”, añadió ella.",
         "Nunca había visto algo así = Carmen Rueda"},
        {"“Esto”, subrayó Tomás Vidal, “fue un error”.", "Esto + fue un error = Tomás Vidal"},
        {"“Seguimos buscando”, informó la policía.", "Seguimos buscando = la policía"},
        {"“¿Cuándo llegará la ayuda?”, preguntó una vecina.",
         "¿Cuándo llegará la ayuda? = una vecina"},
        {"“La obra termina en mayo”, como dijo Luis Ortega.",
         "La obra termina en mayo = Luis Ortega"},
        {"“¡El autobús no vino!”, exclamó Tomás Vidal.", "¡El autobús no vino! = Tomás Vidal"},
        {"“Nos quedamos”, aseguró Elena Prado, directora del museo.\n“No tenemos elección, y el "
         "ayuntamiento "
         "lo sabe”.",
         "Nos quedamos + No tenemos elección, y el ayuntamiento lo sabe = Elena "
         "Prado"},
        {"«Nos dicen “mañana” desde hace un año», escribió Tomás Vidal.",
         "Nos dicen “mañana” desde hace un año = Tomás Vidal"},
        {"En el muelle, dijo Luis Ortega: “La obra termina en mayo”.",
         "La obra termina en mayo = Luis Ortega"},
        {"Ella leyó la novela “El puerto callado” en silencio.", ""},
    };
    run("es", cases, sizeof cases / sizeof *cases);
}

/* Without words of the language the marks alone: what reads as a sentence is a quotation, whoever
 * said it. */
static void italian(void **state)
{
    (void)state;
    static const lang_case cases[] = {
        {"«Il ponte resta chiuso fino a maggio», ha detto Anna Bruni.",
         "Il ponte resta chiuso fino a maggio = Anna Bruni"},
        {"«Nessuno ci ha avvertiti», lamenta il pescatore Ugo Salvi.",
         "Nessuno ci ha avvertiti = Ugo Salvi"},
        {"La sindaca Carla Morandi ha dichiarato: «Non pagheremo un euro di più».",
         "Non pagheremo un euro di più = Carla Morandi"},
        {"Secondo Ugo Salvi, il molo è «un disastro annunciato».",
         "un disastro annunciato = Ugo Salvi"},
        {"La sindaca Carla Morandi ha visitato il porto. «Non ho mai visto nulla di simile», ha "
         "aggiunto "
         "la sindaca.",
         "Non ho mai visto nulla di simile = Carla Morandi"},
        {"Ha letto il romanzo «Il silenzio del faro» senza dire nulla.", ""},
    };
    run("it", cases, sizeof cases / sizeof *cases);
}

static void portuguese(void **state)
{
    (void)state;
    static const lang_case cases[] = {
        {"\"A ponte fica fechada até maio\", disse a prefeita Ana Bragança.",
         "A ponte fica fechada até maio = Ana Bragança"},
        {"«Ninguém nos avisou», lamentou o pescador Rui Salema.",
         "Ninguém nos avisou = Rui Salema"},
        {"O ministro Paulo Vidigal afirmou: \"Não pagaremos mais um cêntimo.\"",
         "Não pagaremos mais um cêntimo. = Paulo Vidigal"},
        {"Segundo Rui Salema, o cais é \"uma vergonha para todos\".",
         "uma vergonha para todos = Rui Salema"},
        {"A prefeita Ana Bragança visitou o porto. \"Nunca vi nada assim\", acrescentou a "
         "prefeita.",
         "Nunca vi nada assim = Ana Bragança"},
    };
    run("pt", cases, sizeof cases / sizeof *cases);
}

static void dutch(void **state)
{
    (void)state;
    static const lang_case cases[] = {
        {"\"De brug blijft dicht tot mei\", zei burgemeester Ida Brandsma.",
         "De brug blijft dicht tot mei = Ida Brandsma"},
        {"“Niemand heeft ons gewaarschuwd”, klaagde visser Jan Terpstra.",
         "Niemand heeft ons gewaarschuwd = Jan Terpstra"},
        {"Minister Kees Wiarda zei: “Wij betalen geen cent meer.”",
         "Wij betalen geen cent meer. = Kees Wiarda"},
        {"“De kade is veilig”, aldus Jan Terpstra.", "De kade is veilig = Jan Terpstra"},
        {"Volgens Jan Terpstra is de kade “een schande voor de stad”.",
         "een schande voor de stad = Jan Terpstra"},
    };
    run("nl", cases, sizeof cases / sizeof *cases);
}

static void marks_alone(void **state)
{
    (void)state;
    static const lang_case italian[] = {
        {"Leggeva «Il porto» ogni sera.", ""},
    };
    static const lang_case polish[] = {
        {"„Most pozostanie zamknięty do maja”, powiedziała Anna Wrona.",
         "Most pozostanie zamknięty do maja = -"},
    };
    static const lang_case swedish[] = {
        {"”Bron är stängd till maj”, säger Anna Lund.", "Bron är stängd till maj = -"},
    };
    static const lang_case japanese[] = {
        {"「橋は五月まで閉鎖されたままです」と市長は話した。",
         "橋は五月まで閉鎖されたままです = -"},
    };
    run("it", italian, sizeof italian / sizeof *italian);
    run("pl", polish, sizeof polish / sizeof *polish);
    run("sv", swedish, sizeof swedish / sizeof *swedish);
    run("ja", japanese, sizeof japanese / sizeof *japanese);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(indirect), cmocka_unit_test(german),      cmocka_unit_test(french),
        cmocka_unit_test(spanish),  cmocka_unit_test(italian),     cmocka_unit_test(portuguese),
        cmocka_unit_test(dutch),    cmocka_unit_test(marks_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
