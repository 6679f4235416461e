/*
 * The only C++ of the project: CLD2 has no C interface. In: text in UTF-8; out: its language, how
 * much of the text is of it, whether CLD2 trusts it. Source: github.com/CLD2Owners/cld2.
 */
#include "page_cld.h"

#include <climits>
#include <cstdio> /* compact_lang_det.h names FILE */

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

extern "C" page_cld page_cld_detect(const char *text, size_t n)
{
    page_cld found = {"", 0, 0, false};
    try {
        CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
        CLD2::Language best[3] = {CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE,
                                  CLD2::UNKNOWN_LANGUAGE};
        int percent[3] = {0, 0, 0}, letters = 0, valid = n < INT_MAX ? (int)n : INT_MAX, length;
        double score[3] = {0, 0, 0};
        bool reliable = false;
        /* It stops, and fills in nothing but valid, at a character that is not for interchange
         * (controls, U+FFFE); what stands before it is looked at then. */
        do {
            length = valid;
            CLD2::ExtDetectLanguageSummaryCheckUTF8(text, length, true, &hints, 0, best, percent,
                                                    score, nullptr, &letters, &reliable, &valid);
        } while (valid < length);
        if (best[0] != CLD2::UNKNOWN_LANGUAGE)
            found = {CLD2::LanguageCode(best[0]), percent[0], letters, reliable};
    } catch (...) {
    }
    return found;
}
