# samestory(1) and the bash completion, both from cli/commands.def: the table that also gives dispatch and help.
file(GLOB commands_def CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/cli/commands.def)
if(commands_def)
    set(man_page ${CMAKE_BINARY_DIR}/samestory.1)
    set(completion ${CMAKE_BINARY_DIR}/samestory.bash)
    add_custom_command(
        OUTPUT ${man_page} ${completion}
        COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/gen_man.py --version ${PROJECT_VERSION}
                --template ${CMAKE_SOURCE_DIR}/docs/samestory.1.in --man ${man_page} --bash ${completion} ${commands_def}
        DEPENDS ${commands_def} ${CMAKE_SOURCE_DIR}/tools/gen_man.py ${CMAKE_SOURCE_DIR}/docs/samestory.1.in
        COMMENT "Writing samestory(1) and the shell completion" VERBATIM)
    add_custom_target(manual ALL DEPENDS ${man_page} ${completion})
    install(FILES ${man_page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
    install(FILES ${completion} DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME samestory)
endif()
