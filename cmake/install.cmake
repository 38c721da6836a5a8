# The install rules. `cpack` packs the same files.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/ampersand)

install(TARGETS ampersand EXPORT ampersand
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY include/ampersand DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES port/posix/amp_device.h port/posix/amp_posix.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(WIN32)
  install(FILES port/windows/amp_windows.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
endif()
install(EXPORT ampersand NAMESPACE ampersand:: FILE ampersand-targets.cmake DESTINATION ${package_dir})
configure_package_config_file(cmake/ampersand-config.cmake.in ampersand-config.cmake
  INSTALL_DESTINATION ${package_dir})
set(compatible SameMajorVersion)
if(PROJECT_VERSION_MAJOR EQUAL 0)
  set(compatible SameMinorVersion)
endif()
write_basic_package_version_file(ampersand-config-version.cmake COMPATIBILITY ${compatible})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ampersand-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/ampersand-config-version.cmake cmake/FindMbedTLS.cmake
  DESTINATION ${package_dir})

# pkg-config lists the dependencies of a static library in Libs, so that users need no --static.
set(pc_libs "")
if(NOT AMPERSAND_SHARED)
  set(pc_libs "-L$<TARGET_FILE_DIR:MbedTLS::mbedtls> -lmbedtls -lmbedx509 -lmbedcrypto")
  string(APPEND pc_libs "$<IF:$<BOOL:${WIN32}>, -lws2_32 -lbcrypt, -pthread>")
endif()
set(pc_sizes "")
foreach(size IN LISTS AMPERSAND_SIZES)
  string(APPEND pc_sizes " -D${size}")
endforeach()
file(RELATIVE_PATH pc_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(cmake/ampersand.pc.in ampersand.pc.in @ONLY)
file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/ampersand.pc INPUT ${CMAKE_CURRENT_BINARY_DIR}/ampersand.pc.in)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ampersand.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

if(AMPERSAND_BUILD_CLI)
  if(AMPERSAND_SHARED AND NOT CMAKE_INSTALL_PREFIX STREQUAL "/usr")
    # The loader does not search this prefix by default.
    set_target_properties(ampersand_cli PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
  endif()
  include(${CMAKE_CURRENT_LIST_DIR}/documents.cmake)
  install(TARGETS ampersand_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

if(AMPERSAND_IS_TOP)
  install(FILES CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
  install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
  include(${CMAKE_CURRENT_LIST_DIR}/package.cmake)
endif()
