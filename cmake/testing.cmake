# sst_test(): one line a test, for tests/ and fuzz/.

if(SST_SANITIZE MATCHES "address")
    set(SST_TEST_PREFIX asan.)
elseif(SST_SANITIZE MATCHES "thread")
    set(SST_TEST_PREFIX tsan.)
else()
    set(SST_TEST_PREFIX "")
endif()
set(SST_TEST_ENVIRONMENT
    "ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:allocator_may_return_null=1:detect_stack_use_after_return=1"
    "UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1" "TSAN_OPTIONS=halt_on_error=1")

# sst_test(NAME LABEL TIMEOUT_SECONDS COMMAND...): a hung test is killed; no test asserts how fast something is.
function(sst_test name label timeout)
    add_test(NAME ${SST_TEST_PREFIX}${name} COMMAND ${ARGN} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${SST_TEST_PREFIX}${name} PROPERTIES LABELS ${label} TIMEOUT ${timeout} SKIP_RETURN_CODE 77
                                                     ENVIRONMENT "${SST_TEST_ENVIRONMENT};PYTHONDONTWRITEBYTECODE=1")
endfunction()
