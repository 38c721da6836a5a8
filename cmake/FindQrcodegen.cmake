# Finds Nayuki's QR code generator in C (Debian: libqrcodegen-dev), and defines Qrcodegen::qrcodegen.
find_path(Qrcodegen_INCLUDE_DIR qrcodegen.h PATH_SUFFIXES qrcodegen)
find_library(Qrcodegen_LIBRARY qrcodegen)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Qrcodegen REQUIRED_VARS Qrcodegen_LIBRARY Qrcodegen_INCLUDE_DIR)
mark_as_advanced(Qrcodegen_INCLUDE_DIR Qrcodegen_LIBRARY)
if(Qrcodegen_FOUND AND NOT TARGET Qrcodegen::qrcodegen)
  add_library(Qrcodegen::qrcodegen UNKNOWN IMPORTED)
  set_target_properties(Qrcodegen::qrcodegen PROPERTIES IMPORTED_LOCATION ${Qrcodegen_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${Qrcodegen_INCLUDE_DIR})
endif()
