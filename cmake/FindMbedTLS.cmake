# Finds installations of mbedTLS without a CMake config. Defines MbedTLS::mbedtls, MbedTLS::mbedx509 and
# MbedTLS::mbedcrypto, the target names of mbedTLS's own config.
find_path(MbedTLS_INCLUDE_DIR mbedtls/ssl.h)
find_library(MbedTLS_LIBRARY mbedtls)
find_library(MbedX509_LIBRARY mbedx509)
find_library(MbedCrypto_LIBRARY mbedcrypto)
# mbedTLS 3.0 and later define the version in build_info.h, 2.28 in version.h.
foreach(header IN ITEMS build_info.h version.h)
  if(NOT MbedTLS_VERSION AND EXISTS "${MbedTLS_INCLUDE_DIR}/mbedtls/${header}")
    file(STRINGS "${MbedTLS_INCLUDE_DIR}/mbedtls/${header}" MbedTLS_VERSION
      REGEX "define MBEDTLS_VERSION_STRING +\"")
    string(REGEX REPLACE ".*\"([0-9.]+)\".*" "\\1" MbedTLS_VERSION "${MbedTLS_VERSION}")
  endif()
endforeach()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(MbedTLS
  REQUIRED_VARS MbedTLS_LIBRARY MbedX509_LIBRARY MbedCrypto_LIBRARY MbedTLS_INCLUDE_DIR
  VERSION_VAR MbedTLS_VERSION
  REASON_FAILURE_MESSAGE "install libmbedtls-dev, or set CMAKE_PREFIX_PATH to where mbedTLS is installed")
if(MbedTLS_FOUND AND NOT TARGET MbedTLS::mbedtls)
  foreach(part IN ITEMS Crypto X509 TLS)
    string(TOLOWER "MbedTLS::mbed${part}" target)
    string(REPLACE "mbedtls::" "MbedTLS::" target "${target}")
    add_library(${target} UNKNOWN IMPORTED)
    set_target_properties(${target} PROPERTIES IMPORTED_LOCATION "${Mbed${part}_LIBRARY}"
      INTERFACE_INCLUDE_DIRECTORIES "${MbedTLS_INCLUDE_DIR}")
  endforeach()
  set_property(TARGET MbedTLS::mbedx509 PROPERTY INTERFACE_LINK_LIBRARIES MbedTLS::mbedcrypto)
  set_property(TARGET MbedTLS::mbedtls PROPERTY INTERFACE_LINK_LIBRARIES MbedTLS::mbedx509)
  if(WIN32) # sockets and randomness of the system
    set_property(TARGET MbedTLS::mbedcrypto PROPERTY INTERFACE_LINK_LIBRARIES ws2_32 bcrypt advapi32)
  endif()
endif()
mark_as_advanced(MbedTLS_INCLUDE_DIR MbedTLS_LIBRARY MbedX509_LIBRARY MbedCrypto_LIBRARY)
