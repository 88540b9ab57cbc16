# Every dependency comes from the distribution's packages; scripts/setup.sh names and installs them.
# What the libraries link is named a second time in peercapConfig.cmake.in, for those who use an installed peercap.
find_package(Threads REQUIRED)
find_package(TBB REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(NLopt REQUIRED)
include(PeercapDependencyTargets)

if(PEERCAP_BUILD_TESTS)
  find_package(rapidcheck REQUIRED)
  # Our own exp and log are compared with those of an independent library.
  find_path(PEERCAP_SLEEF_INCLUDE sleef.h REQUIRED)
  find_library(PEERCAP_SLEEF_LIBRARY sleef REQUIRED)
  add_library(peercap_sleef INTERFACE IMPORTED)
  target_include_directories(peercap_sleef SYSTEM INTERFACE ${PEERCAP_SLEEF_INCLUDE})
  target_link_libraries(peercap_sleef INTERFACE ${PEERCAP_SLEEF_LIBRARY})
endif()
