# The warnings that every source of the project is compiled with; SST_WERROR makes them errors.
add_library(sst_warnings INTERFACE)
target_compile_options(sst_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla -Wcast-qual
    -Wformat=2 -Wundef -Wno-overlength-strings
    $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes -Wmissing-prototypes>)
if(SST_WERROR)
    target_compile_options(sst_warnings INTERFACE -Werror)
endif()
