# Installs the program, the libraries with their headers, and what find_package(peercap) reads.
include(CMakePackageConfigHelpers)

set(peercap_package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/peercap")

get_property(peercap_libraries GLOBAL PROPERTY PEERCAP_LIBRARIES)
install(TARGETS ${peercap_libraries} EXPORT peercapTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT peercapTargets NAMESPACE peercap:: DESTINATION ${peercap_package_folder})

install(DIRECTORY sim models DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/peercap FILES_MATCHING PATTERN "*.h")
install(DIRECTORY configs DESTINATION ${CMAKE_INSTALL_DATADIR}/peercap)
install(FILES LICENSE CITATION.cff DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(TARGET peercap)
  install(TARGETS peercap RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

configure_package_config_file(cmake/peercapConfig.cmake.in ${PROJECT_BINARY_DIR}/peercapConfig.cmake
  INSTALL_DESTINATION ${peercap_package_folder})
# Before 1.0 a minor version may change an interface.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/peercapConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/peercapConfig.cmake
  ${PROJECT_BINARY_DIR}/peercapConfigVersion.cmake
  cmake/PeercapDependencyTargets.cmake
  DESTINATION ${peercap_package_folder})
