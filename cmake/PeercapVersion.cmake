# The identity of a build: version, commit, build type and compiler, as sim/support/build_info.h offers them.
#
# Used in two ways: included by the top-level list file it defines peercap_add_build_info(target); run as a script
# (cmake -P) at each build it writes the source file, so that the commit is the one that is built, not the one that
# was configured.

if(CMAKE_SCRIPT_MODE_FILE)
  set(PEERCAP_GIT_HASH "unknown")
  find_program(git_program git)
  if(git_program)
    execute_process(COMMAND ${git_program} -C ${SOURCE_DIR} rev-parse --show-toplevel HEAD
      OUTPUT_VARIABLE answer RESULT_VARIABLE failed ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(NOT failed)
      string(REPLACE "\n" ";" answer "${answer}")
      list(GET answer 0 top_level)
      list(GET answer 1 commit)
      file(REAL_PATH "${SOURCE_DIR}" source_dir)
      # A source archive unpacked inside somebody else's checkout must not carry that checkout's commit.
      if(top_level STREQUAL source_dir)
        set(PEERCAP_GIT_HASH "${commit}")
        # Without optional locks: a build must not write into a checkout that others are using.
        execute_process(COMMAND ${git_program} --no-optional-locks -C ${SOURCE_DIR} status --porcelain --untracked-files=no
          OUTPUT_VARIABLE changes RESULT_VARIABLE failed ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
        if(failed OR NOT changes STREQUAL "")
          string(APPEND PEERCAP_GIT_HASH "+dirty")
        endif()
      endif()
    endif()
  endif()
  configure_file(${SOURCE_DIR}/sim/support/build_info.cpp.in ${OUTPUT_FILE} @ONLY)
  return()
endif()

set(peercap_version_script ${CMAKE_CURRENT_LIST_FILE})

# Adds build_info.cpp to `target`; it is written anew at each build, and only when something changed.
function(peercap_add_build_info target)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/build_info.cpp)
  add_custom_target(${target}_build_info
    COMMAND ${CMAKE_COMMAND}
      -DSOURCE_DIR=${PROJECT_SOURCE_DIR}
      -DOUTPUT_FILE=${output}
      -DPEERCAP_VERSION=${PROJECT_VERSION}
      -DPEERCAP_BUILD_TYPE=$<CONFIG>
      "-DPEERCAP_COMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
      -P ${peercap_version_script}
    BYPRODUCTS ${output}
    COMMENT "Noting which build this is"
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
  add_dependencies(${target} ${target}_build_info)
endfunction()
