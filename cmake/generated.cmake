# Sources made at build time. Each sets SST_GENERATED_<folder>, which CMakeLists.txt adds to that folder's objects.
#   gen/text_lang.gen.c       data/lang/<code>/*.txt, data/background/*.tsv    tools/gen_lang.py   -> sst_text
#   gen/page_words.gen.c      data/lang/<code>/*.txt of the page stage, data/page/   tools/gen_page.py   -> sst_page
#   gen/page_lists.gen.c      data/page/                                    tools/gen_meta.py   -> sst_page
#   gen/page_model.gen.c      data/page/model.txt                              tools/gen_page.py   -> sst_page
#   gen/html_entities.gen.c   data/html/*.tsv                                  tools/gen_entities.py -> sst_html
#   gen/read_references.gen.c data/html/entities.tsv                           tools/gen_entities.py -> sst_read
#   gen/copy_outlets.gen.c    data/outlets.csv                               tools/gen_outlets.py -> sst_copy
#   gen/story_weights.gen.c   data/story/weights.txt                           tools/gen_story.py  -> sst_story
#   gen/compare_same.gen.c    data/lang/<code>/same_word.txt                 tools/gen_compare.py -> sst_compare
#   gen/quote_model.gen.c     data/quote/model.bin                           tools/gen_quote.py  -> sst_quote
#   gen/serve_assets.gen.c    src/serve/assets/*                               tools/embed.py      -> sst_serve
#   gen/report_assets.gen.c   src/report/assets/*                              tools/embed.py      -> sst_report
set(gen_dir ${CMAKE_BINARY_DIR}/gen)
file(MAKE_DIRECTORY ${gen_dir})

# A glob, so that the build notices when the script or the data arrive or go.
file(GLOB gen_lang CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/gen_lang.py)
file(GLOB_RECURSE lang_data CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/lang/* ${CMAKE_SOURCE_DIR}/data/background/*)
if(gen_lang AND lang_data)
    add_custom_command(
        OUTPUT ${gen_dir}/text_lang.gen.c ${gen_dir}/text_lang.gen.h
        COMMAND Python3::Interpreter ${gen_lang} --out ${gen_dir}/text_lang.gen.c data/lang data/background
        WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
        DEPENDS ${gen_lang} ${lang_data}
        COMMENT "Compiling in the language data" VERBATIM)
    set(SST_GENERATED_text ${gen_dir}/text_lang.gen.c)
    # Every later stage includes its header.
    add_custom_target(text_lang_gen DEPENDS ${gen_dir}/text_lang.gen.c ${gen_dir}/text_lang.gen.h)
endif()

file(GLOB report_assets CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/report/assets/*)
if(report_assets)
    add_custom_command(
        OUTPUT ${gen_dir}/report_assets.gen.c ${gen_dir}/report_assets.gen.h
        COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/embed.py --prefix report_asset
                --out ${gen_dir}/report_assets ${report_assets}
        DEPENDS ${CMAKE_SOURCE_DIR}/tools/embed.py ${report_assets}
        COMMENT "Embedding the assets of the HTML report" VERBATIM)
    set(SST_GENERATED_report ${gen_dir}/report_assets.gen.c ${gen_dir}/report_assets.gen.h)
endif()

file(GLOB gen_page CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/gen_page.py)
file(GLOB page_data CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/page/*.txt ${CMAKE_SOURCE_DIR}/data/lang/*/furniture.txt
                                      ${CMAKE_SOURCE_DIR}/data/lang/*/agencies.txt)
if(gen_page AND page_data)
    add_custom_command(
        OUTPUT ${gen_dir}/page_words.gen.c ${gen_dir}/page_model.gen.c
        COMMAND Python3::Interpreter ${gen_page} --out ${gen_dir}/page_words.gen.c
                --model data/page/model.txt src/page/page_block.h ${gen_dir}/page_model.gen.c data/lang data/page
        WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
        DEPENDS ${gen_page} ${page_data} ${CMAKE_SOURCE_DIR}/src/page/page_block.h
        COMMENT "Compiling in the word lists of pages" VERBATIM)
    set(SST_GENERATED_page ${gen_dir}/page_words.gen.c ${gen_dir}/page_model.gen.c)
endif()

file(GLOB gen_quote CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/gen_quote.py)
set(quote_headers src/quote/quote_net.h src/quote/quote_product.h src/quote/quote_model.h)
if(gen_quote)
    add_custom_command(
        OUTPUT ${gen_dir}/quote_model.gen.c
        COMMAND Python3::Interpreter ${gen_quote} --out ${gen_dir}/quote_model.gen.c data/quote/model.bin ${quote_headers}
        WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
        DEPENDS ${gen_quote} data/quote/model.bin ${quote_headers}
        COMMENT "Compiling in the network of quotations" VERBATIM)
    set(SST_GENERATED_quote ${gen_dir}/quote_model.gen.c)
endif()

file(GLOB gen_meta CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/gen_meta.py)
if(gen_meta AND page_data)
    add_custom_command(
        OUTPUT ${gen_dir}/page_lists.gen.c
        COMMAND Python3::Interpreter ${gen_meta} --out ${gen_dir}/page_lists.gen.c data/page
        WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
        DEPENDS ${gen_meta} ${page_data}
        COMMENT "Compiling in the lists about metadata of pages" VERBATIM)
    list(APPEND SST_GENERATED_page ${gen_dir}/page_lists.gen.c)
endif()

file(GLOB gen_entities CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/gen_entities.py)
set(entity_data ${CMAKE_SOURCE_DIR}/data/html/entities.tsv ${CMAKE_SOURCE_DIR}/data/html/encodings.tsv)
if(gen_entities)
    add_custom_command(
        OUTPUT ${gen_dir}/html_entities.gen.c
        COMMAND Python3::Interpreter ${gen_entities} --out ${gen_dir}/html_entities.gen.c ${entity_data}
        DEPENDS ${gen_entities} ${entity_data}
        COMMENT "Compiling in character references and encoding labels" VERBATIM)
    set(SST_GENERATED_html ${gen_dir}/html_entities.gen.c)
    add_custom_command(
        OUTPUT ${gen_dir}/read_references.gen.c
        COMMAND Python3::Interpreter ${gen_entities} --out ${gen_dir}/read_references.gen.c --references
                ${CMAKE_SOURCE_DIR}/data/html/entities.tsv
        DEPENDS ${gen_entities} ${entity_data}
        COMMENT "Compiling in the character references of feeds" VERBATIM)
    set(SST_GENERATED_read ${gen_dir}/read_references.gen.c)
endif()

file(GLOB gen_outlets CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/gen_outlets.py)
if(gen_outlets)
    add_custom_command(
        OUTPUT ${gen_dir}/copy_outlets.gen.c
        COMMAND Python3::Interpreter ${gen_outlets} --out ${gen_dir}/copy_outlets.gen.c data/outlets.csv
        WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
        DEPENDS ${gen_outlets} ${CMAKE_SOURCE_DIR}/data/outlets.csv
        COMMENT "Compiling in the table of outlets" VERBATIM)
    set(SST_GENERATED_copy ${gen_dir}/copy_outlets.gen.c)
endif()

file(GLOB gen_story CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/gen_story.py)
file(GLOB story_data CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/story/*.txt)
if(gen_story AND story_data)
    add_custom_command(
        OUTPUT ${gen_dir}/story_weights.gen.c
        COMMAND Python3::Interpreter ${gen_story} --out ${gen_dir}/story_weights.gen.c data/story/weights.txt
        WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
        DEPENDS ${gen_story} ${story_data}
        COMMENT "Compiling in the weights of stories" VERBATIM)
    set(SST_GENERATED_story ${gen_dir}/story_weights.gen.c)
endif()

file(GLOB gen_compare CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/gen_compare.py)
file(GLOB compare_data CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/lang/*/same_word.txt
     ${CMAKE_SOURCE_DIR}/data/lang/*/near_word.txt ${CMAKE_SOURCE_DIR}/data/lang/*/schedule.txt
     ${CMAKE_SOURCE_DIR}/data/lang/*/spelling.txt ${CMAKE_SOURCE_DIR}/data/lang/*/word_choice.txt)
if(gen_compare AND compare_data)
    add_custom_command(
        OUTPUT ${gen_dir}/compare_same.gen.c
        COMMAND Python3::Interpreter ${gen_compare} --out ${gen_dir}/compare_same.gen.c data/lang
        WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
        DEPENDS ${gen_compare} ${gen_lang} ${compare_data}
        COMMENT "Compiling in words that say the same" VERBATIM)
    set(SST_GENERATED_compare ${gen_dir}/compare_same.gen.c)
endif()

file(GLOB serve_assets CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/serve/assets/*)
if(serve_assets)
    add_custom_command(
        OUTPUT ${gen_dir}/serve_assets.gen.c ${gen_dir}/serve_assets.gen.h
        COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/embed.py --prefix serve_asset
                --out ${gen_dir}/serve_assets ${serve_assets}
        DEPENDS ${CMAKE_SOURCE_DIR}/tools/embed.py ${serve_assets}
        COMMENT "Embedding the assets of served pages" VERBATIM)
    set(SST_GENERATED_serve ${gen_dir}/serve_assets.gen.c ${gen_dir}/serve_assets.gen.h)
endif()
