# Targets for dependencies that bring none of their own, or one whose name differs between versions. Imported, so that
# an installed peercap refers to them by name; included after the packages have been found, in this tree and, installed,
# by peercapConfig.cmake.
find_path(PEERCAP_RANDOM123_INCLUDE Random123/philox.h REQUIRED)
if(NOT TARGET peercap_random123)
  add_library(peercap_random123 INTERFACE IMPORTED)
  target_include_directories(peercap_random123 SYSTEM INTERFACE ${PEERCAP_RANDOM123_INCLUDE})
endif()

# CMake's own module asks the C compiler, which a project in C++ alone has not enabled. The serial library is meant:
# Debian keeps it in a folder of its own, beside those for MPI. HDF5_ROOT may name another place.
find_path(PEERCAP_HDF5_INCLUDE hdf5.h HINTS ENV HDF5_ROOT PATH_SUFFIXES hdf5/serial include REQUIRED)
find_library(PEERCAP_HDF5_LIBRARY NAMES hdf5 hdf5_serial NAMES_PER_DIR
  HINTS ENV HDF5_ROOT PATH_SUFFIXES hdf5/serial lib REQUIRED)
find_library(PEERCAP_HDF5_HL_LIBRARY NAMES hdf5_hl hdf5_serial_hl NAMES_PER_DIR
  HINTS ENV HDF5_ROOT PATH_SUFFIXES hdf5/serial lib REQUIRED)
if(NOT TARGET peercap_hdf5)
  add_library(peercap_hdf5 INTERFACE IMPORTED)
  target_include_directories(peercap_hdf5 SYSTEM INTERFACE ${PEERCAP_HDF5_INCLUDE})
  target_link_libraries(peercap_hdf5 INTERFACE ${PEERCAP_HDF5_HL_LIBRARY} ${PEERCAP_HDF5_LIBRARY})
endif()

if(NOT TARGET peercap_yaml)
  add_library(peercap_yaml INTERFACE IMPORTED)
  target_link_libraries(peercap_yaml INTERFACE $<IF:$<TARGET_EXISTS:yaml-cpp::yaml-cpp>,yaml-cpp::yaml-cpp,yaml-cpp>)
endif()
