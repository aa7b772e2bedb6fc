# commit.cmake - which source the program is built from, as every result names it.  Included by the root, and run at each
# build in which a file of the program has changed.
#   HEAD                  the files are those of the commit
#   HEAD-dirty-DIGEST     they are not, or a model of the user's own is among them: results of another state are not these
#   unknown-DIGEST        outside a repository
# DIGEST is of the names and bytes of all files, without the folders that they happen to lie in, and knows no date: the same
# source makes the same program.
if(NOT DEFINED OUT)
  set(out ${CMAKE_BINARY_DIR}/generated/commit.h)
  set(list ${CMAKE_BINARY_DIR}/generated/commit.files)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS engine/*.c engine/*.h engine/*.in engine/*.cmake engine/*.js engine/*.css
    engine/*.html engine/*.yml)
  file(GLOB models CONFIGURE_DEPENDS models/*/*.c models/*/*.h)
  set(own "")
  if(CX_USER_MODELS)
    file(GLOB own CONFIGURE_DEPENDS ${CX_USER_MODELS}/*/*.c ${CX_USER_MODELS}/*/*.h)
  endif()
  list(APPEND files ${models} ${own} ${CMAKE_SOURCE_DIR}/CMakeLists.txt)
  list(JOIN files "\n" lines)
  file(CONFIGURE OUTPUT ${list} CONTENT "${lines}\n" @ONLY)   # newer only when a file has come or gone
  set(head "")
  if(EXISTS ${CMAKE_SOURCE_DIR}/.git/logs/HEAD)
    set(head ${CMAKE_SOURCE_DIR}/.git/logs/HEAD)
  endif()
  set(foreign OFF)
  if(own)
    set(foreign ON)
  endif()
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DLIST=${list} -DFROM=${CMAKE_SOURCE_DIR} -DGIT=${GIT_EXECUTABLE} -DOWN=${foreign}
      -P ${CMAKE_CURRENT_LIST_FILE}
    DEPENDS ${files} ${list} ${head} ${CMAKE_CURRENT_LIST_FILE} COMMENT "Commit, or digest of the source" VERBATIM)
  target_sources(cx_run PRIVATE ${out})
  return()
endif()

cmake_minimum_required(VERSION 3.22)
file(STRINGS ${LIST} files)
set(rows "")
foreach(file IN LISTS files)
  file(SHA256 ${file} hex)
  get_filename_component(folder ${file} DIRECTORY)
  get_filename_component(folder ${folder} NAME)
  get_filename_component(name ${file} NAME)
  if(name STREQUAL "CMakeLists.txt")
    set(folder "")
  endif()
  list(APPEND rows "${folder}/${name} ${hex}")
endforeach()
list(SORT rows)
string(SHA256 digest "${rows}")
string(SUBSTRING ${digest} 0 12 digest)

# Texts for people change no program.
set(commit "unknown-${digest}")
if(GIT AND EXISTS ${FROM}/.git)
  execute_process(COMMAND ${GIT} -C ${FROM} rev-parse --short=12 HEAD
    RESULT_VARIABLE failed OUTPUT_VARIABLE head OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  execute_process(COMMAND ${GIT} -C ${FROM} --no-optional-locks status --porcelain --untracked-files=all --
      engine models/*.c models/*.h CMakeLists.txt ":(exclude)*.md"
    RESULT_VARIABLE unknown OUTPUT_VARIABLE changes OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT failed AND NOT unknown)
    set(commit "${head}")
    if(changes OR OWN)
      set(commit "${head}-dirty-${digest}")
    endif()
  endif()
endif()
file(WRITE ${OUT} "/* commit.h - made by engine/run/commit.cmake: which source this program was built from. */
#ifndef CX_GENERATED_COMMIT_H
#define CX_GENERATED_COMMIT_H
#define CX_COMMIT \"${commit}\"
#endif
")
