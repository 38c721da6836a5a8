# The manual page and the shell completions of the command line client. They are generated from its --help, so they
# match the program. A cross-compiled client cannot run here, so none is built then.
find_program(AMPERSAND_SH sh)
mark_as_advanced(AMPERSAND_SH)
if(NOT CMAKE_CROSSCOMPILING AND AMPERSAND_SH)
  set(docs ${CMAKE_CURRENT_SOURCE_DIR}/examples/linux/docs)
  set(documents ampersand.1 ampersand.bash ampersand.zsh ampersand.fish)
  add_custom_command(OUTPUT ${documents}
    COMMAND ${AMPERSAND_SH} ${docs}/man.sh $<TARGET_FILE:ampersand_cli> ampersand.1
    COMMAND ${AMPERSAND_SH} ${docs}/completion_bash.sh $<TARGET_FILE:ampersand_cli> ampersand.bash
    COMMAND ${AMPERSAND_SH} ${docs}/completion_zsh.sh $<TARGET_FILE:ampersand_cli> ampersand.zsh
    COMMAND ${AMPERSAND_SH} ${docs}/completion_fish.sh $<TARGET_FILE:ampersand_cli> ampersand.fish
    DEPENDS ampersand_cli ${docs}/man.sh ${docs}/completion_bash.sh ${docs}/completion_zsh.sh
      ${docs}/completion_fish.sh ${docs}/table.sh VERBATIM)
  add_custom_target(ampersand_documents ALL DEPENDS ${documents})
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ampersand.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ampersand.bash RENAME ampersand
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  # zsh of Debian does not read site-functions below /usr, which is left to the administrator.
  set(zsh_folder site-functions)
  if(CMAKE_INSTALL_PREFIX STREQUAL "/usr" AND EXISTS /etc/debian_version)
    set(zsh_folder vendor-completions)
  endif()
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ampersand.zsh RENAME _ampersand
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${zsh_folder})
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ampersand.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()
