# Options that trade flash for speed, or build time for flash. docs/memory.md compares them.

option(AMPERSAND_FAST_JSON "Compile the inner loops of the JSON reader with -O2 in a build for size" OFF)
option(AMPERSAND_LTO "Link-time optimization of the library: programs must be linked by the same compiler" OFF)

# The files that gain most. The others gain less than 1 % each for 80 to 310 bytes.
set(ampersand_fast_json src/json/jsmn_value.c src/json/name_lookup.c)

# ampersand_speed_options(TARGET): applies both options to the library.
function(ampersand_speed_options target)
  if(AMPERSAND_FAST_JSON)
    set_property(SOURCE ${ampersand_fast_json} APPEND PROPERTY COMPILE_OPTIONS -O2)
  endif()
  if(AMPERSAND_LTO)
    include(CheckIPOSupported)
    check_ipo_supported(LANGUAGES C)
    set_property(TARGET ${target} PROPERTY INTERPROCEDURAL_OPTIMIZATION ON)
  endif()
endfunction()
