# Finds jsmn, a single header, and defines the target Jsmn::jsmn.
find_path(JSMN_INCLUDE_DIR jsmn.h)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Jsmn REQUIRED_VARS JSMN_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "install libjsmn-dev, or set JSMN_INCLUDE_DIR to the folder of jsmn.h 1.1.0 or newer")
if(Jsmn_FOUND AND NOT TARGET Jsmn::jsmn)
  add_library(Jsmn::jsmn INTERFACE IMPORTED)
  set_target_properties(Jsmn::jsmn PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${JSMN_INCLUDE_DIR}")
endif()
mark_as_advanced(JSMN_INCLUDE_DIR)
