# The warnings that every source of the project is compiled with; SST_WERROR makes them errors.
add_library(sst_warnings INTERFACE)
target_compile_options(sst_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wcast-qual
    -Wformat=2 -Wundef -Wno-overlength-strings)
if(SST_WERROR)
    target_compile_options(sst_warnings INTERFACE -Werror)
endif()
