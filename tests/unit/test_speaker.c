/* quote: whom a pronoun, a surname or a description means. All texts are invented. */
#include "quote_bench.h"

typedef struct speaker_case {
    const char *text;
    const char *want; /* who says the quotation between the last marks of the text */
} speaker_case;

static void run_speakers(const speaker_case *c, size_t n)
{
    int failed = 0;
    for (size_t k = 0; k < n; k++) {
        bench b;
        sst_quotes q;
        bench_init(&b);
        bench_add(&b, "a", "Gull Radio", "2031-05-06", "Notes", c[k].text);
        assert_int_equal(quote_find(b.v[0], &b.arena, &q), SST_OK);
        sst_str who = STR("-");
        uint32_t last = 0;
        for (uint32_t i = 0; i < q.n; i++)
            if (q.v[i].type != QUOTE_INDIRECT && q.v[i].content.v[0].begin >= last) {
                last = q.v[i].content.v[0].begin;
                who = q.v[i].speaker.n ? q.v[i].speaker : STR("-");
            }
        if (!str_eq(who, str_of(c[k].want))) {
            print_error("%s\n gives %.*s\n  want %s\n", c[k].text, (int)who.n, who.p, c[k].want);
            failed++;
        }
        bench_release(&b);
    }
    assert_int_equal(failed, 0);
}

#define RUN_SPEAKERS(table) run_speakers(table, sizeof(table) / sizeof *(table))

/* ------------------------------------------------------------------ pronouns */

static const speaker_case pronoun_cases[] = {
    /* who spoke goes on, not whom he speaks of */
    {"Martin Reeve spoke in the hall on Monday. \"The bridge stays closed,\" said Martin Reeve. "
     "\"Peter Moor wanted it open,\" he said.",
     "Martin Reeve"},
    /* the subject of the sentence before, not the one who is seen behind a preposition */
    {"Martin Reeve met the council with Peter Moor on Monday. \"We were heard,\" he said.",
     "Martin Reeve"},
    /* NAME, whom he ...: the clause tells of the name, it is not he */
    {"Martin Reeve left the hall early. He was followed by Peter Moor, whom he called \"a born "
     "leader of the council\".",
     "Martin Reeve"},
    /* a noun behind it is what the sentence is about */
    {"Martin Reeve, a spokesman for the harbour, looked at the Moor rallies in the north. "
     "\"They were peaceful,\" he said.",
     "Martin Reeve"},
    /* whom the pronoun before meant */
    {"Martin Reeve came home on Monday. He had been at sea with Peter Moor for a year. \"It was "
     "long enough,\" he said.",
     "Martin Reeve"},
    /* gender parts the two */
    {"Martin Reeve met Ida Quill on Monday. \"The bridge stays closed,\" she said.", "Ida Quill"},
    {"Ida Quill met Martin Reeve on Monday. \"The bridge stays closed,\" he said.", "Martin Reeve"},
    /* nobody named inside a quotation */
    {"Martin Reeve spoke on Monday. \"Peter Moor is a good man,\" Reeve said. \"The council knows "
     "it,\" he added.",
     "Martin Reeve"},
    /* who opens the paragraph before; what stands in brackets behind a name parts it from no verb
     */
    {"\"It was wrong,\" said Senate Leader Hal Moor (D-Ostm.).\n\nSenate Whip Jon Quill (R-Ostm.) "
     "answered next to a photo of the harbour.\n\n\"I will tell you what is wrong,\" he said.",
     "Jon Quill"},
    /* several people are not she */
    {"Ida Tarnow came home. Republicans were angry. \"It was late,\" she said.", "Ida Tarnow"},
    /* somebody whom the sentence in front brings in without a name */
    {"\"It was loud,\" said Martin Reeve. He left.\n\nA man in a red coat wept over a list of "
     "names. \"She was in the garden,\" he said.",
     "man"},
    /* the subject of the sentence in front, not who spoke before it */
    {"Hal Moor came to the hall. \"It is late,\" he said. \"It is cold, too.\" Moor "
     "left.\n\nGrowing "
     "up in Ostmark, Martin Reeve saw the boats come in.\n\n\"They were always late,\" he said.",
     "Martin Reeve"},
    /* who said it in passing is the speaker, not whom the sentence is about */
    {"Ida Quill won the hall over with long talks, Hal Moor said. \"They were sold on it,\" he "
     "said.",
     "Hal Moor"},
    /* what a work is called is not she */
    {"Ida Tarnow wrote a book on the harbour. \"Pulp Harbour\" was read by many. \"It was late,\" "
     "she said.",
     "Ida Tarnow"},
};

static void pronouns_mean(void **state)
{
    (void)state;
    RUN_SPEAKERS(pronoun_cases);
}

/* ------------------------------------------------------------------ descriptions */

static const speaker_case description_cases[] = {
    /* an office that is written short before the name */
    {"Sen. Ida Quill and the actor Martin Reeve came to Ostmark. Reeve waved to the crowd. "
     "\"The bridge stays closed,\" the senator said.",
     "Ida Quill"},
    {"Gov. Martin Reeve opened the bridge with Peter Moor on Monday. Moor left early. \"It took "
     "too "
     "long,\" the governor said.",
     "Martin Reeve"},
    /* an office told before a name with "of" in it */
    {"Minister of rivers Ida Quill came to Ostmark on Monday. Peter Moor, a farmer, waited for "
     "her. "
     "\"The bridge stays closed,\" the visiting minister said.",
     "Ida Quill"},
    /* somebody brought in without a name */
    {"Martin Reeve was met by an organiser at the hall on Monday. Reeve was tired. \"You are "
     "late,\" "
     "the organiser said.",
     "organiser"},
    /* whose it is says nothing of the name */
    {"Martin Reeve came to the court on Monday with his lawyer. \"We will win,\" his lawyer said.",
     "his lawyer"},
    /* people of a country are no body */
    {"Many Israelis said the bridge should open. \"It is not safe,\" the army said.", "army"},
    /* a company by what it is */
    {"The oil giant Brontex closed its works in Ostmark on Monday. \"It was no longer safe,\" the "
     "company said.",
     "Brontex"},
    /* one who is spoken of does not speak */
    {"Presidential candidate Ida Quill met presidential candidate Peter Moor on Monday. \"I do not "
     "trust Peter Moor on this,\" the presidential candidate said.",
     "Ida Quill"},
    /* an office before its name was given */
    {"\"The bridge stays closed,\" the governor said on Monday. It was the third time in a week "
     "that "
     "Governor Ida Quill spoke of it.",
     "Ida Quill"},
    /* a nominee is a person */
    {"Ida Quill came to the hall. Peter Moor followed her. Moor waited. \"The bridge stays "
     "closed,\" the Republican nominee, Ida Quill, had said. \"It is late,\" the nominee added.",
     "Ida Quill"},
    /* somebody brought in without a name since is meant before one who fits */
    {"The aide of the mayor, Hal Tarnow, left in May. On Monday a party aide came to the hall. "
     "\"The bridge stays closed,\" the aide said.",
     "aide"},
    /* a party stands for who has an office by it */
    {"Rep. Ida Moor came home on Monday. \"The bridge stays closed,\" the South Carolina "
     "Republican said.",
     "Ida Moor"},
    /* of two who fit the one named last */
    {"Actress Ada Quill spoke first. Peter Moor, who owns the hall, listened. The actress Jenny "
     "Tarnow came last. \"I am tired,\" the actress said.",
     "Jenny Tarnow"},
    /* the name in front of what it is */
    {"Tarnow Herald is read in Ostmark. \"The bridge stays closed,\" the Tarnow Herald newspaper "
     "said.",
     "Tarnow Herald"},
    /* whom the sentence in front brings in, when the words fit nobody else */
    {"Martin Reeve, the Ostmark captain, was sent off. \"It hit my face,\" Reeve said.\n\nHal "
     "Tarnow, whose Quorn side won, was calm. \"It evens out,\" the Quorn boss said.",
     "Hal Tarnow"},
    {"\"It hit my face,\" Martin Reeve said.\n\nIn the corner Hal Tarnow was silent. \"I have "
     "seen it before,\" the Italian said.",
     "Hal Tarnow"},
    /* a doctor is no governor */
    {"At the hall Dr. Ida Quill saw to the hurt. \"It was the cold,\" Quill said. \"We will build "
     "it again,\" the governor said.",
     "governor"},
    /* the body that the report is about; the one that the sentence in front is about */
    {"Brontex will close its works in Ostmark. Brontex has been there for years. Tarnow Lamps "
     "has been there for longer, said Brontex. Tarnow Lamps has more people. \"It was no longer "
     "safe,\" the company said.",
     "Tarnow Lamps"},
    {"Brontex will close its works. Brontex made lamps. The lamps of Brontex were sold far off. "
     "It came as a surprise in Ostmark.\n\nPeople met at the Tarnow Hotel.\n\n\"It was no longer "
     "safe,\" the company said.",
     "Brontex"},
    /* no union is a company */
    {"Brontex will close its works. Brontex made lamps. The lamps of Brontex were sold far off. "
     "The Lamp Workers Union met on Monday. It said little.\n\n\"It was no longer safe,\" the "
     "company said.",
     "Brontex"},
    /* somebody's spokesman, brought in without a name or owned by a body */
    {"Ida Quill, the minister, came. \"It is late,\" Quill said. A spokesman for Tarnow Air came "
     "later. \"We are sorry for that,\" the spokesman said.",
     "spokesman"},
    {"Ida Quill came to the hall. \"It is late,\" Quill said.\n\n\"We are sorry for that,\" the "
     "airline's spokesman said.",
     "airline's spokesman"},
    /* the name in front of what it is */
    {"Charlie Moor met her. \"It was late for us,\" said Hal Tarnow, a senior strategist, "
     "who "
     "added that it was \"far too late for the boats\".",
     "Hal Tarnow"},
    /* a noun that no list has, of whom the sentence in front brings in */
    {"In a post after the talk, Hal Tarnow wrote that it was late. \"It was cold, too,\" the "
     "radioman said.",
     "Hal Tarnow"},
    /* the name beside what it is */
    {"\"We will write to them,\" the chair of Quorn, Dame Ida Quill, said.", "Ida Quill"},
    /* a clause of its own has its own subject */
    {"Ida Quill was sent away after a judge called it \"a cold and heartless betrayal\".", "judge"},
    /* an office with nobody's name in it */
    {"Martin Reeve came late. \"It is over for us,\" the Attorney General said.",
     "Attorney General"},
    /* who has the office at a body, not the body */
    {"The ambassador to the United Nations Ida Moor spoke. \"The bridge stays closed,\" said the "
     "ambassador to the United Nations Ida Moor.",
     "Ida Moor"},
};

static void descriptions_mean(void **state)
{
    (void)state;
    RUN_SPEAKERS(description_cases);
}

/* ------------------------------------------------------------------ names */

static const speaker_case name_cases[] = {
    /* the initial A. is no article */
    {"William A. Quill came home on Monday. \"The bridge stays closed,\" Quill said.",
     "William A. Quill"},
    /* a surname with a hyphen is one word */
    {"Jenny Quill-Moor came home on Monday. \"The bridge stays closed,\" Ms. Quill-Moor said.",
     "Jenny Quill-Moor"},
    /* the first of two surnames */
    {"Ada Rivas Luna came home on Monday. \"The bridge stays closed,\" Ms. Rivas said.",
     "Ada Rivas Luna"},
    /* a party before the name */
    {"\"The bridge stays closed,\" said Democrat Ida Quill.", "Ida Quill"},
    /* a surname that is an office or a word of grammar */
    {"Jenny Boxer of Ostmark came home on Monday. \"The bridge stays closed,\" Boxer said.",
     "Jenny Boxer"},
    {"The hall was full when Henry Will spoke on Monday. \"The bridge stays closed,\" Will said.",
     "Henry Will"},
    {"The hall was full when Mayor Don Quill spoke. \"The bridge stays closed,\" Quill said.",
     "Don Quill"},
    /* a word that only opens the sentence */
    {"Entrusting Ida Quill with the bridge was a mistake. \"It stays closed,\" Quill said.",
     "Ida Quill"},
    /* a friend of somebody is a person by name */
    {"His friend Sajid Tarrow came home on Monday. \"The bridge stays closed,\" Tarrow said.",
     "Sajid Tarrow"},
    /* a saint's town and its body */
    {"\"The bridge stays closed,\" the St. Odo City Council said.", "St. Odo City Council"},
    /* what hangs on a name by hyphens */
    {"It was late. Mum-of-three Zoe Quill said: \"We are tired of it all.\"", "Zoe Quill"},
    /* an office that goes on with "of" */
    {"\"It was a bridge too far,\" said former Ostmark secretary of state Ida Quill.", "Ida Quill"},
    {"\"It was a bridge too far,\" head of press relations Ida Quill said.", "Ida Quill"},
    /* a body called after somebody; one that an adverb ends */
    {"\"We have sixty of them here,\" St Orla's Hospital said.", "St Orla's Hospital"},
    {"The charity Harbour Now was glad. \"It was time,\" said the charity Harbour Now on Monday.",
     "Harbour Now"},
    /* one word and an office between commas */
    {"Ada Tarnow wrote twice. Feldmoor, the engineer, told the Herald that she had sent a letter. "
     "\"They thanked me,\" she said.",
     "Feldmoor"},
    /* the surname of two words */
    {"Debbie Tarnow Quill came home on Monday with Peter Quill. \"The bridge stays closed,\" "
     "Tarnow "
     "Quill said.",
     "Debbie Tarnow Quill"},
    /* a nationality that makes a name of an ordinary word */
    {"\"We are sorry,\" Maltese Airlines said.", "Maltese Airlines"},
    /* a plural of its own before 's */
    {"It was the official People's Bell that came first. \"The ship is gone,\" the People's Bell "
     "wrote.",
     "People's Bell"},
    /* a word of grammar that opens a name */
    {"Late in the game quarterback Will Decker fell. \"I thought we had them,\" Decker said.",
     "Will Decker"},
    {"According to All Tarnow Airways, the crew knew. \"It was late,\" said All Tarnow Airways.",
     "All Tarnow Airways"},
    /* a caption and a sentence that meet */
    {"The harbour is held by Acme. A photo. Acme Acme holds it for long. \"We are sorry,\" Acme "
     "said.",
     "Acme"},
    /* the surname again behind Jr. */
    {"\"We saw it,\" said Sen. Ida Quill Jr. Quill added: \"It was late.\"", "Ida Quill Jr."},
    /* a label in capitals and the name */
    {"IDA QUILL Quill stays at home. \"It was late,\" Ida Quill said.", "Ida Quill"},
    /* no sign at the end */
    {"\"It was late,\" said Mossack Tarnow & Co., which makes ships.", "Mossack Tarnow"},
    /* a button in capitals */
    {"CLOSE Zoe Quill says the ship is lost. \"It is gone,\" said Zoe Quill.", "Zoe Quill"},
    /* words of a form in front of a given name */
    {"Early Evening Christian Quill came home. \"It was late,\" said Christian Quill.",
     "Christian Quill"},
    /* St. belongs to the name */
    {"The St. Orla Harbour Reserve will act. \"It is time,\" said the St. Orla Harbour Reserve.",
     "St. Orla Harbour Reserve"},
};

static void names_are_one(void **state)
{
    (void)state;
    RUN_SPEAKERS(name_cases);
}

/* ------------------------------------------------------------------ what names nobody */

static const speaker_case nobody_cases[] = {
    /* a thing that somebody has */
    {"Quill's general theory of bridges held that they were \"a kind of road with nothing under "
     "it\".",
     "-"},
    /* a source that begins inside a word */
    {"\"The bridge stays closed,\" the 87-year-old comedian said.", "87-year-old comedian"},
    /* oneself adds nothing */
    {"Ida Quill came home. \"The bridge stays closed,\" said Ida Quill herself.", "Ida Quill"},
    /* the credit of a picture in front of a name */
    {"It was for Quill to say. Later GETTY Quill said: \"The bridge stays closed.\" Nobody asked "
     "Ida Quill why.",
     "Ida Quill"},
};

static void things_are_nobody(void **state)
{
    (void)state;
    RUN_SPEAKERS(nobody_cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pronouns_mean),
        cmocka_unit_test(descriptions_mean),
        cmocka_unit_test(names_are_one),
        cmocka_unit_test(things_are_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
