/* Figures, numbers and times in German, French and Spanish, and numbers of Italian, Dutch and
 * Portuguese. All texts are invented. */
#include "unit_text.h"

#include <math.h>

#include "figure.h"

#define PUBLISHED 1724155200 /* Tuesday 2024-08-20 12:00 UTC */

typedef struct figure_case {
    const char *text;
    const char *figure; /* the first figure as it stands; NULL: none */
    double value, high;
    const char *unit; /* NULL: not looked at */
    uint8_t bound, change;
} figure_case;

static void check_figures(const char *lang, const figure_case *v, size_t n)
{
    int failed = 0;
    for (size_t i = 0; i < n; i++) {
        const figure_case *c = &v[i];
        unit_text u;
        unit_text_init_in(&u, lang, c->text, PUBLISHED, ROLE_BODY);
        sst_figures f;
        assert_int_equal(figure_find(&u.text, NULL, &u.arena, &f), SST_OK);
        const sst_figure *x = f.n ? &f.v[0] : NULL;
        sst_str at = x ? str_span(u.text.s, x->at) : STR("(none)");
        sst_str want = c->figure ? str_of(c->figure) : STR("(none)");
        bool same = str_eq(at, want);
        if (same && x)
            same = fabs(x->value - c->value) < 1e-6 && fabs(x->high - c->high) < 1e-6 &&
                   x->bound == c->bound && x->change == c->change &&
                   (!c->unit || str_eq(x->unit, str_of(c->unit)));
        if (!same) {
            print_error("%s\n gives %.*s %g %g %.*s bound %d change %d\n", c->text, (int)at.n, at.p,
                        x ? x->value : 0, x ? x->high : 0, x ? (int)x->unit.n : 0,
                        x ? x->unit.p : "", x ? x->bound : 0, x ? x->change : 0);
            failed++;
        }
        unit_text_release(&u);
    }
    assert_int_equal(failed, 0);
}

#define CHECK_FIGURES(lang, v) check_figures(lang, v, sizeof(v) / sizeof *(v))

static void german(void **state)
{
    (void)state;
    static const figure_case cases[] = {
        {"Mindestens 14 Menschen wurden verletzt.", "Mindestens 14 Menschen", 14, 14, "Menschen",
         BOUND_AT_LEAST, 0},
        {"Es gab 14 Verletzte.", "14 Verletzte", 14, 14, "Verletzte", BOUND_EXACT, 0},
        {"Etwa 200 schwer bepackte Wanderer kamen.", "Etwa 200 schwer bepackte Wanderer", 200, 200,
         NULL, BOUND_ABOUT, 0},
        {"Der Schaden liegt bei rund 1,5 Millionen Euro.", "rund 1,5 Millionen Euro", 1.5e6, 1.5e6,
         "euro", BOUND_ABOUT, 0},
        {"Das kostet 2 Mio. Euro im Jahr.", "2 Mio. Euro", 2e6, 2e6, "euro", BOUND_EXACT, 0},
        {"Das kostet 12.500 Euro.", "12.500 Euro", 12500, 12500, "euro", BOUND_EXACT, 0},
        {"Das kostet 12 500 Euro.", "12 500 Euro", 12500, 12500, "euro", BOUND_EXACT, 0},
        {"Die Preise stiegen um 3,4 Prozent.", "3,4 Prozent", 3.4, 3.4, "percentage", BOUND_EXACT,
         BOUND_UP},
        {"Die Preise sind im Mai um 3,4 Prozent gesunken.", "3,4 Prozent", 3.4, 3.4, "percentage",
         BOUND_EXACT, BOUND_DOWN},
        {"Die Preise stiegen auf 3,4 Prozent.", "3,4 Prozent", 3.4, 3.4, "percentage", BOUND_EXACT,
         0},
        {"Zweiundzwanzig Dörfer sind ohne Strom.", "Zweiundzwanzig Dörfer", 22, 22, "Dörfer",
         BOUND_EXACT, 0},
        {"Ein Dutzend Boote sank.", "Ein Dutzend Boote", 12, 12, "Boote", BOUND_EXACT, 0},
        {"Es kostet eine halbe Million Euro.", "eine halbe Million Euro", 5e5, 5e5, "euro",
         BOUND_EXACT, 0},
        {"Tausende Lampen brannten.", "Tausende Lampen", 1000, 10000, "Lampen", BOUND_EXACT, 0},
        {"Es kamen 14 bis 17 Boote.", "14 bis 17 Boote", 14, 17, "Boote", BOUND_EXACT, 0},
        {"Es kamen zwischen 14 und 17 Boote.", "zwischen 14 und 17 Boote", 14, 17, "Boote",
         BOUND_EXACT, 0},
        {"Ein 58-jähriger Mann wurde gerettet.", "58-jähriger", 58, 58, "year of age", BOUND_EXACT,
         0},
        {"Der 58 Jahre alte Kapitän schwieg.", "58 Jahre alte", 58, 58, "year of age", BOUND_EXACT,
         0},
        {"Bis zu 800 Grad werden erreicht.", "Bis zu 800 Grad", 800, 800, "celsius", BOUND_AT_MOST,
         0},
        {"Gegen den 58 Jahre alten Kapitän wird ermittelt.", "58 Jahre alten", 58, 58,
         "year of age", BOUND_EXACT, 0},
        {"Um 21.40 Uhr kam der Notruf.", NULL, 0, 0, NULL, 0, 0},
        {"Nach § 315 BGB gilt das nicht.", NULL, 0, 0, NULL, 0, 0},
        {"Der 12. Spieltag brachte nichts.", NULL, 0, 0, NULL, 0, 0},
        {"Das Amt ist bis 11.30 geöffnet.", NULL, 0, 0, NULL, 0, 0},
        {"Der Bau begann 1871 und dauerte lange.", NULL, 0, 0, NULL, 0, 0},
        {"Rufen Sie 0800 4711 an.", NULL, 0, 0, NULL, 0, 0},
    };
    CHECK_FIGURES("de", cases);
}

static void french(void **state)
{
    (void)state;
    static const figure_case cases[] = {
        {"L'accident a fait au moins 14 blessés.", "au moins 14 blessés", 14, 14, "blessés",
         BOUND_AT_LEAST, 0},
        {"Près de 12 000 foyers sont privés d'eau.", "Près de 12 000 foyers", 12000, 12000,
         "foyers", BOUND_ABOUT, 0},
        {"Il coûte 1,5 million d'euros.", "1,5 million d'euros", 1.5e6, 1.5e6, "euro", BOUND_EXACT,
         0},
        {"Il coûte 2 M€ par an.", "2 M€ par an", 2e6, 2e6, "euro per year", BOUND_EXACT, 0},
        {"La ville compte 1,2 million d'habitants.", "1,2 million d'habitants", 1.2e6, 1.2e6,
         "habitants", BOUND_EXACT, 0},
        {"Une vingtaine de bateaux ont coulé.", "Une vingtaine de bateaux", 20, 20, "bateaux",
         BOUND_ABOUT, 0},
        {"Une douzaine de bateaux ont coulé.", "Une douzaine de bateaux", 12, 12, "bateaux",
         BOUND_EXACT, 0},
        {"Vingt et un bateaux ont coulé.", "Vingt et un bateaux", 21, 21, "bateaux", BOUND_EXACT,
         0},
        {"Quatre-vingt-dix-sept bateaux ont coulé.", "Quatre-vingt-dix-sept bateaux", 97, 97,
         "bateaux", BOUND_EXACT, 0},
        {"Deux cent vingt mille personnes ont signé.", "Deux cent vingt mille personnes", 220000,
         220000, "personnes", BOUND_EXACT, 0},
        {"Les prix ont augmenté de 3,4 %.", "3,4 %", 3.4, 3.4, "percentage", BOUND_EXACT, BOUND_UP},
        {"Le budget est en baisse de plus de 5 %.", "plus de 5 %", 5, 5, "percentage",
         BOUND_MORE_THAN, BOUND_DOWN},
        {"Entre 40 et 50 postes seront supprimés.", "Entre 40 et 50 postes", 40, 50, "postes",
         BOUND_EXACT, 0},
        {"Odile Marchand, 67 ans, a vu la scène.", "67 ans", 67, 67, "year of age", BOUND_EXACT, 0},
        {"Une peine de 5 ans est possible.", "5 ans", 5, 5, "year", BOUND_EXACT, 0},
        {"Il est passé de 14 à 17 bateaux.", "14", 14, 14, NULL, BOUND_EXACT, 0},
        {"L'accident a eu lieu vers 21 h 40.", NULL, 0, 0, NULL, 0, 0},
        {"L'article 12 du règlement le dit.", NULL, 0, 0, NULL, 0, 0},
        {"Il est venu à 21h40.", NULL, 0, 0, NULL, 0, 0},
    };
    CHECK_FIGURES("fr", cases);
}

static void spanish(void **state)
{
    (void)state;
    static const figure_case cases[] = {
        {"Hubo al menos 14 heridos.", "al menos 14 heridos", 14, 14, "heridos", BOUND_AT_LEAST, 0},
        {"Unas 200 personas viajaban a bordo.", "Unas 200 personas", 200, 200, "personas",
         BOUND_ABOUT, 0},
        {"Cuesta 1,5 millones de euros.", "1,5 millones de euros", 1.5e6, 1.5e6, "euro",
         BOUND_EXACT, 0},
        {"Cuesta 1.5 millones de pesos.", "1.5 millones de pesos", 1.5e6, 1.5e6, "peso",
         BOUND_EXACT, 0},
        {"Asistieron 1,500 personas.", "1,500 personas", 1500, 1500, "personas", BOUND_EXACT, 0},
        {"Asistieron 1.500 personas.", "1.500 personas", 1500, 1500, "personas", BOUND_EXACT, 0},
        {"Cuesta medio millón de euros.", "medio millón de euros", 5e5, 5e5, "euro", BOUND_EXACT,
         0},
        {"Treinta y un barcos se hundieron.", "Treinta y un barcos", 31, 31, "barcos", BOUND_EXACT,
         0},
        {"Sumó treinta y dos mil empleos.", "treinta y dos mil empleos", 32000, 32000, "empleos",
         BOUND_EXACT, 0},
        {"Costó mil millones de euros.", "mil millones de euros", 1e9, 1e9, "euro", BOUND_EXACT, 0},
        {"Duró media hora.", "media hora", 0.5, 0.5, "hour", BOUND_EXACT, 0},
        {"El paro bajó un 1,8 % en marzo.", "1,8 %", 1.8, 1.8, "percentage", BOUND_EXACT,
         BOUND_DOWN},
        {"El capitán, de 58 años, no habló.", "58 años", 58, 58, "year of age", BOUND_EXACT, 0},
        {"Una pena de 5 años es posible.", "5 años", 5, 5, "year", BOUND_EXACT, 0},
        {"El número de heridos subió a 17.", "17", 17, 17, "heridos", BOUND_EXACT, 0},
        {"El artículo 8 prevé multas.", NULL, 0, 0, NULL, 0, 0},
        {"Llegó a las 21.40 al puerto.", NULL, 0, 0, NULL, 0, 0},
        {"Lo dijo por medio de un portavoz.", NULL, 0, 0, NULL, 0, 0},
    };
    CHECK_FIGURES("es", cases);
}

static void italian_dutch_portuguese(void **state)
{
    (void)state;
    static const figure_case italian[] = {
        {"Almeno 14 persone sono rimaste ferite.", "Almeno 14 persone", 14, 14, "persone",
         BOUND_AT_LEAST, 0},
        {"Costa 1,5 milioni di euro.", "1,5 milioni di euro", 1.5e6, 1.5e6, "euro", BOUND_EXACT, 0},
        {"Ventidue feriti sono in ospedale.", "Ventidue feriti", 22, 22, "feriti", BOUND_EXACT, 0},
    };
    static const figure_case dutch[] = {
        {"Zeker 14 mensen raakten gewond.", "Zeker 14 mensen", 14, 14, "mensen", BOUND_AT_LEAST, 0},
        {"Het kost 1,5 miljoen euro.", "1,5 miljoen euro", 1.5e6, 1.5e6, "euro", BOUND_EXACT, 0},
        {"Tweeëntwintig boten zonken.", "Tweeëntwintig boten", 22, 22, "boten", BOUND_EXACT, 0},
    };
    static const figure_case portuguese[] = {
        {"Pelo menos 14 pessoas ficaram feridas.", "Pelo menos 14 pessoas", 14, 14, "pessoas",
         BOUND_AT_LEAST, 0},
        {"Custa 1,5 milhão de reais.", "1,5 milhão de reais", 1.5e6, 1.5e6, "brazilian real",
         BOUND_EXACT, 0},
        {"Vinte e duas casas caíram.", "Vinte e duas casas", 22, 22, "casas", BOUND_EXACT, 0},
    };
    CHECK_FIGURES("it", italian);
    CHECK_FIGURES("nl", dutch);
    CHECK_FIGURES("pt", portuguese);
}

/* Who says it stands before the number, behind it, or behind its verb. */
static void sources(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *text, *source;
    } cases[] = {
        {"de", "Nach Angaben der Feuerwehr wurden 14 Menschen verletzt.", "der Feuerwehr"},
        {"de", "Bei dem Unfall wurden 14 Menschen verletzt, wie die Polizei am Montag mitteilte.",
         "die Polizei"},
        {"de", "14 Menschen wurden verletzt, teilte die Polizei mit.", "die Polizei"},
        {"de", "Laut Polizei wurden 14 Menschen verletzt.", "Polizei"},
        {"fr", "L'accident a fait 14 blessés, selon la police maritime.", "la police maritime"},
        {"fr", "Le bilan est de 14 blessés, a annoncé la préfecture.", "la préfecture"},
        {"es", "Hay 14 heridos, según la policía.", "la policía"},
        {"es", "Hay 14 heridos, informó la policía.", "la policía"},
        {"fr", "L'accident a fait 14 blessés.", ""},
    };
    int failed = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unit_text u;
        unit_text_init_in(&u, cases[i].lang, cases[i].text, PUBLISHED, ROLE_BODY);
        sst_figures f;
        assert_int_equal(figure_find(&u.text, NULL, &u.arena, &f), SST_OK);
        assert_int_equal(f.n, 1);
        sst_str got = f.v[0].said_by.n ? str_span(u.text.s, f.v[0].said_by.v[0]) : STR("");
        if (!str_eq(got, str_of(cases[i].source))) {
            print_error("%s\n gives %.*s\n", cases[i].text, (int)got.n, got.p);
            failed++;
        }
        unit_text_release(&u);
    }
    assert_int_equal(failed, 0);
}

typedef struct time_case {
    const char *text;
    const char *time; /* the first time; NULL: none */
    const char *iso;
} time_case;

static void check_times(const char *lang, const time_case *v, size_t n)
{
    int failed = 0;
    for (size_t i = 0; i < n; i++) {
        unit_text u;
        unit_text_init_in(&u, lang, v[i].text, PUBLISHED, ROLE_BODY);
        const sst_time *x = u.text.time_n ? &u.text.time[0] : NULL;
        sst_str at = x ? str_span(u.text.s, text_span(&u.text, x->begin, x->end)) : STR("(none)");
        if (!str_eq(at, v[i].time ? str_of(v[i].time) : STR("(none)")) ||
            (x && strcmp(x->iso, v[i].iso) != 0)) {
            print_error("%s\n gives %.*s %s\n", v[i].text, (int)at.n, at.p, x ? x->iso : "");
            failed++;
        }
        unit_text_release(&u);
    }
    assert_int_equal(failed, 0);
}

#define CHECK_TIMES(lang, v) check_times(lang, v, sizeof(v) / sizeof *(v))

static void times(void **state)
{
    (void)state;
    static const time_case german[] = {
        {"Am Montagabend sank ein Boot.", "Montagabend", "2024-08-19"},
        {"Am Freitag sank ein Boot.", "Freitag", "2024-08-16"},
        {"Am Freitag soll das Boot in die Werft geschleppt werden.", "Freitag", "2024-08-23"},
        {"Das Boot soll am Freitag in die Werft.", "Freitag", "2024-08-23"},
        {"Er sagte, dass das Boot am Freitag geschleppt werden soll.", "Freitag", "2024-08-23"},
        {"Der Mann soll am Freitag ein Boot gestohlen haben.", "Freitag", "2024-08-16"},
        {"Am vergangenen Freitag sank ein Boot.", "vergangenen Freitag", "2024-08-16"},
        {"Gestern sank ein Boot.", "Gestern", "2024-08-19"},
        {"Anfang März sank ein Boot.", "Anfang März", "2024-03"},
        {"Um 21.40 Uhr sank ein Boot.", "21.40 Uhr", "2024-08-20T21:40"},
        {"Um 18 Uhr 30 sank ein Boot.", "18 Uhr 30", "2024-08-20T18:30"},
        {"Am 4. März sank ein Boot.", "4. März", "2024-03-04"},
    };
    static const time_case french[] = {
        {"Un bateau a coulé lundi soir.", "lundi soir", "2024-08-19"},
        {"Un bateau doit être remorqué vendredi.", "vendredi", "2024-08-23"},
        {"Vendredi, le bateau sera remorqué.", "Vendredi", "2024-08-23"},
        {"Vendredi, un bateau a coulé.", "Vendredi", "2024-08-16"},
        {"Le bateau part vendredi prochain.", "vendredi prochain", "2024-08-23"},
        {"Il a coulé la semaine dernière.", "semaine dernière", "2024-08-12"},
        {"Il a coulé vers 21 h 40.", "21 h 40", "2024-08-20T21:40"},
        {"Il a coulé à 21h40.", "21h40", "2024-08-20T21:40"},
        {"Il a coulé le 4 mars.", "4 mars", "2024-03-04"},
        {"Il a coulé hier.", "hier", "2024-08-19"},
    };
    static const time_case spanish[] = {
        {"El barco se hundió el lunes por la noche.", "lunes", "2024-08-19"},
        {"El barco será remolcado el viernes.", "viernes", "2024-08-23"},
        {"El viernes será remolcado el barco.", "viernes", "2024-08-23"},
        {"El barco se hundió el viernes.", "viernes", "2024-08-16"},
        {"Se hundió a las 21.40 del lunes.", "21.40", "2024-08-19T21:40"},
        {"Se hundió el 4 de marzo.", "4 de marzo", "2024-03-04"},
        {"Se hundió ayer.", "ayer", "2024-08-19"},
        {"Se hundió la semana pasada.", "semana pasada", "2024-08-12"},
    };
    CHECK_TIMES("de", german);
    CHECK_TIMES("fr", french);
    CHECK_TIMES("es", spanish);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(german),  cmocka_unit_test(french),
        cmocka_unit_test(spanish), cmocka_unit_test(italian_dutch_portuguese),
        cmocka_unit_test(sources), cmocka_unit_test(times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
