# Simulates ESP-IDF's first pass over a component. Its CMakeLists.txt runs as a script up to the registration,
# because only that states which components it needs.
# usage: cmake -DPROJECT=FOLDER -P requirements.cmake
set(ESP_PLATFORM 1)
macro(idf_component_register)
  cmake_parse_arguments(given "" "" "SRC_DIRS;SRCS;INCLUDE_DIRS;REQUIRES;PRIV_REQUIRES" ${ARGN})
  message("requires ${given_REQUIRES} and in private ${given_PRIV_REQUIRES}")
  return()
endmacro()
include(${PROJECT}/CMakeLists.txt)
