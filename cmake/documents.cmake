# The manual page and the shell completion of the command line client. Both are generated from its --help, so they
# match the program. A cross-compiled client cannot run here, so neither is built then.
find_program(AMPERSAND_SH sh)
mark_as_advanced(AMPERSAND_SH)
if(NOT CMAKE_CROSSCOMPILING AND AMPERSAND_SH)
  set(docs ${CMAKE_CURRENT_SOURCE_DIR}/examples/linux/docs)
  add_custom_command(OUTPUT ampersand.1 ampersand.bash
    COMMAND ${AMPERSAND_SH} ${docs}/man.sh $<TARGET_FILE:ampersand_cli> ampersand.1
    COMMAND ${AMPERSAND_SH} ${docs}/completion.sh $<TARGET_FILE:ampersand_cli> ampersand.bash
    DEPENDS ampersand_cli ${docs}/man.sh ${docs}/completion.sh ${docs}/table.sh VERBATIM)
  add_custom_target(ampersand_documents ALL DEPENDS ampersand.1 ampersand.bash)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ampersand.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ampersand.bash RENAME ampersand
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
endif()
