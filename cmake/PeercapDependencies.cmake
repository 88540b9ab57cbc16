# Every dependency comes from the distribution's packages; scripts/setup.sh names and installs them.
find_package(Threads REQUIRED)
find_package(TBB REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(HDF5 REQUIRED COMPONENTS C HL)

find_path(PEERCAP_RANDOM123_INCLUDE Random123/philox.h REQUIRED)
add_library(peercap_random123 INTERFACE)
target_include_directories(peercap_random123 SYSTEM INTERFACE ${PEERCAP_RANDOM123_INCLUDE})

find_path(PEERCAP_SLEEF_INCLUDE sleef.h REQUIRED)
find_library(PEERCAP_SLEEF_LIBRARY sleef REQUIRED)

add_library(peercap_hdf5 INTERFACE)
target_include_directories(peercap_hdf5 SYSTEM INTERFACE ${HDF5_C_INCLUDE_DIRS})
target_link_libraries(peercap_hdf5 INTERFACE ${HDF5_C_HL_LIBRARIES} ${HDF5_C_LIBRARIES})
target_compile_definitions(peercap_hdf5 INTERFACE ${HDF5_C_DEFINITIONS})

add_library(peercap_yaml INTERFACE)
target_link_libraries(peercap_yaml INTERFACE $<IF:$<TARGET_EXISTS:yaml-cpp::yaml-cpp>,yaml-cpp::yaml-cpp,yaml-cpp>)
