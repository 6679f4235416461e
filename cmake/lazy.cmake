# Libraries that only `fetch` and `serve` need, and ICU's detection of charsets, are loaded when they are asked for
# (src/base/base_library.h): a process that reads articles starts in half the time without them. What stands in a library's SONAME is what is opened; where it cannot be read, or with
# SST_LAZY=OFF, the library is linked as any other.
option(SST_LAZY "Load libcurl, libmicrohttpd and libicui18n when they are needed" ON)

# sst_lazy(FOLDER MODULE NAME DEFINITION): defines DEFINITION for the objects of FOLDER as the SONAME of the library that pkg-config calls MODULE.
function(sst_lazy folder module name definition)
    pkg_check_modules(${definition}_PC QUIET ${module})
    find_library(${definition}_FILE ${name} HINTS ${${definition}_PC_LIBRARY_DIRS})
    if(NOT SST_LAZY OR NOT TARGET sst_${folder} OR NOT CMAKE_OBJDUMP OR NOT ${definition}_FILE)
        return()
    endif()
    execute_process(COMMAND ${CMAKE_OBJDUMP} -p ${${definition}_FILE} OUTPUT_VARIABLE told ERROR_QUIET)
    if(told MATCHES "SONAME +([^ \n]+)")
        target_compile_definitions(sst_${folder} PRIVATE ${definition}="${CMAKE_MATCH_1}")
    endif()
endfunction()
sst_lazy(fetch libcurl curl SST_CURL_SONAME)
sst_lazy(serve libmicrohttpd microhttpd SST_MHD_SONAME)
sst_lazy(read icu-i18n icui18n SST_ICU_I18N_SONAME)
