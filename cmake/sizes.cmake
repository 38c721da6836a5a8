# Passes the sizes that Kconfig sets to config.h, tls.h and amp_posix.h, on ESP-IDF and Zephyr.

# ampersand_sizes_from_kconfig(VARIABLE): sets VARIABLE to a list of definitions. CONFIG_AMPERSAND_ID_SIZE becomes
# AMP_ID_SIZE=64, and so on.
function(ampersand_sizes_from_kconfig out_sizes)
  foreach(name IN ITEMS ID_SIZE REF_SIZE WORD_SIZE NAME_SIZE TEXT_SIZE URL_SIZE PAGE_TOKEN_SIZE JSON_DEPTH
      TLS_STORAGE_SIZE POSIX_ATTEMPTS)
    if(CONFIG_AMPERSAND_${name})
      list(APPEND sizes AMP_${name}=${CONFIG_AMPERSAND_${name}})
    endif()
  endforeach()
  set(${out_sizes} ${sizes} PARENT_SCOPE)
endfunction()
