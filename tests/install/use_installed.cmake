# Installs the build, moves the result, and configures, builds and runs the consumer against it.
function(run_step what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${what} failed (${code}):\n${output}")
  endif()
  set(step_output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${WORK_DIR}")
file(MAKE_DIRECTORY "${WORK_DIR}/consumer")
unset(ENV{DESTDIR})

run_step("installation" ${CMAKE_COMMAND} --install "${BUILD_DIR}" --prefix "${WORK_DIR}/staged")
# What is found only where it was installed first would not survive a package.
set(prefix "${WORK_DIR}/moved")
file(RENAME "${WORK_DIR}/staged" "${prefix}")

# Neither this checkout nor its build may be needed by those who have the installed files.
file(GLOB_RECURSE package_files "${prefix}/lib*/cmake/peercap/*.cmake")
if(NOT package_files)
  message(FATAL_ERROR "no package files for find_package() below ${prefix}")
endif()
foreach(file IN LISTS package_files)
  file(READ "${file}" text)
  foreach(folder IN ITEMS "${SOURCE_DIR}/" "${BUILD_DIR}/")
    string(FIND "${text}" "${folder}" position)
    if(NOT position EQUAL -1)
      message(FATAL_ERROR "${file} refers to ${folder}")
    endif()
  endforeach()
endforeach()

configure_file("${CONSUMER_DIR}/consumer_lists.txt" "${WORK_DIR}/consumer/CMakeLists.txt" COPYONLY)
configure_file("${CONSUMER_DIR}/main.cpp" "${WORK_DIR}/consumer/main.cpp" COPYONLY)
run_step("configuration of the consumer" ${CMAKE_COMMAND}
  -S "${WORK_DIR}/consumer" -B "${WORK_DIR}/consumer/build" -G "${GENERATOR}"
  -D "CMAKE_PREFIX_PATH=${prefix}" -D "CMAKE_BUILD_TYPE=${BUILD_TYPE}"
  -D "CMAKE_CXX_COMPILER=${CXX_COMPILER}" -D "CMAKE_CXX_FLAGS=${CXX_FLAGS}")
run_step("build of the consumer" ${CMAKE_COMMAND} --build "${WORK_DIR}/consumer/build")
run_step("consumer" "${WORK_DIR}/consumer/build/consumer" "${WORK_DIR}/consumer/result.h5")
if(NOT step_output MATCHES "^all libraries of peercap work")
  message(FATAL_ERROR "the consumer said:\n${step_output}")
endif()
