# Every dependency comes from the distribution's packages; scripts/setup.sh names and installs them.
# What the libraries link is named a second time in peercapConfig.cmake.in, for those who use an installed peercap.
find_package(Threads REQUIRED)
find_package(TBB REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
include(PeercapDependencyTargets)
