# One way to make a library of this project: flags that keep the bits equal everywhere, and an export name.
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

add_library(peercap_flags INTERFACE)
target_compile_features(peercap_flags INTERFACE cxx_std_20)
target_compile_options(peercap_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  # Fused multiply-add rounds once instead of twice: with it the same source gives other bits on another processor.
  -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 takes a double through a float without rounding it where it packs neighboring statements into vectors.
  target_compile_options(peercap_flags INTERFACE -fno-tree-slp-vectorize)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(peercap_flags INTERFACE -Wno-restrict)  # false alarms on std::string (GCC bug 105329)
endif()
if(PEERCAP_WARNINGS_AS_ERRORS)
  target_compile_options(peercap_flags INTERFACE -Werror)
endif()

# peercap_library(NAME sources...): static library peercap_NAME, alias peercap::NAME, headers by path from the root.
function(peercap_library name)
  add_library(peercap_${name} STATIC ${ARGN})
  add_library(peercap::${name} ALIAS peercap_${name})
  target_link_libraries(peercap_${name} PRIVATE $<BUILD_INTERFACE:peercap_flags>)
  target_compile_features(peercap_${name} PUBLIC cxx_std_20)
  target_include_directories(peercap_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/peercap>)
  set_target_properties(peercap_${name} PROPERTIES EXPORT_NAME ${name})
  set_property(GLOBAL APPEND PROPERTY PEERCAP_LIBRARIES peercap_${name})
endfunction()
