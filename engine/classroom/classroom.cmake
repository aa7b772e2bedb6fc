# classroom.cmake - the live classroom page.  Included by the root.
# Always: the room as a library for the tests, and the table of its scenario.  Target `classroom` (not part of `all` unless
# CX_CLASSROOM is on): the engine once more, compiled to WebAssembly with emcc, and the page, one file classroom.html.
option(CX_CLASSROOM "Build classroom.html too (needs emcc)" OFF)
set(room ${CMAKE_CURRENT_LIST_DIR})
set(table ${CMAKE_BINARY_DIR}/generated/classroom.def)
set(names ${CMAKE_BINARY_DIR}/generated/classroom.json)

add_executable(classroom_embed EXCLUDE_FROM_ALL ${room}/embed_main.c ${CX_OBJECTS_run} ${CX_MODEL_OBJECTS})
target_link_libraries(classroom_embed PRIVATE cx_flags PkgConfig::JANSSON ${CX_LIBRARIES})
add_custom_command(OUTPUT ${table} ${names}
  COMMAND classroom_embed ${CMAKE_SOURCE_DIR}/configs/classroom.yml ${table} ${names}
  DEPENDS classroom_embed ${CMAKE_SOURCE_DIR}/configs/classroom.yml COMMENT "Scenario of the classroom page" VERBATIM)
add_custom_target(classroom_table DEPENDS ${table})

add_library(cx_classroom OBJECT EXCLUDE_FROM_ALL ${room}/classroom.c ${room}/scenario.c ${room}/web.c)
target_link_libraries(cx_classroom PRIVATE cx_flags GSL::gsl)
add_dependencies(cx_classroom classroom_table)
add_library(cx_classroom_archive STATIC EXCLUDE_FROM_ALL $<TARGET_OBJECTS:cx_classroom>)

find_program(EMCC emcc)
if(NOT EMCC)
  if(CX_CLASSROOM)
    message(FATAL_ERROR "classroom.html needs emcc, the compiler to WebAssembly: apt-get install -y emscripten")
  endif()
  add_custom_target(classroom
    COMMAND ${CMAKE_COMMAND} -E echo "classroom.html needs emcc: apt-get install -y emscripten, then configure again"
    COMMAND ${CMAKE_COMMAND} -E false VERBATIM)
  return()
endif()

# The files that a page needs: no files, no YAML, no units.  without/ answers for OpenMP, GSL and files.
set(sources classroom/classroom.c classroom/scenario.c classroom/web.c classroom/without/files.c
  base/arena.c base/clock.c base/error.c space/grid.c
  wound/brush.c wound/channel.c wound/injury.c wound/lattice.c wound/lesion.c wound/near.c wound/outline.c wound/pattern.c
  wound/pen.c wound/roller.c wound/skin.c wound/skin_grid.c wound/wound.c
  solve/control.c solve/step_f32.c solve/step_f32_wide.c solve/step_f32_widest.c solve/step_f64.c solve/step_f64_wide.c
  solve/step_f64_widest.c solve/stepper.c solve/system.c watch/sampler.c run/assembly.c run/outcome.c run/sim.c run/timeline.c)
list(TRANSFORM sources PREPEND ${CMAKE_SOURCE_DIR}/engine/)
set(flags -O3 -std=c17 -ffp-contract=off -fno-math-errno -fno-trapping-math -fopenmp-simd -msimd128
  -Wall -Wextra -Wno-pass-failed -D_XOPEN_SOURCE=700 -DNDEBUG
  -I${room}/without -I${CMAKE_SOURCE_DIR}/engine -I${CMAKE_SOURCE_DIR} -I${CMAKE_BINARY_DIR}/generated)
if(CX_WERROR)
  list(APPEND flags -Werror)
endif()
set(made ${CMAKE_BINARY_DIR}/classroom)
file(MAKE_DIRECTORY ${made})
set(objects "")
function(classroom_object source name)
  add_custom_command(OUTPUT ${made}/${name}.o
    COMMAND ${EMCC} ${flags} ${ARGN} -MD -MF ${made}/${name}.d -c ${source} -o ${made}/${name}.o
    DEPENDS ${source} ${table} DEPFILE ${made}/${name}.d COMMENT "WebAssembly ${name}" VERBATIM)
  set(objects ${objects} ${made}/${name}.o PARENT_SCOPE)
endfunction()
foreach(source IN LISTS sources)
  get_filename_component(name ${source} NAME_WE)
  classroom_object(${source} ${name})
endforeach()
classroom_object(${CMAKE_SOURCE_DIR}/models/microneedling/model.c model_f32 -DCX_REAL_FLOAT=1)
classroom_object(${CMAKE_SOURCE_DIR}/models/microneedling/model.c model_f64)

set(calls open failure go close facts planes picture needles times values outcome)
list(TRANSFORM calls PREPEND _cx_web_)
list(JOIN calls "," calls)
# NODE_PATH: where Debian keeps the modules of emcc, for a node that did not come from Debian.
add_custom_command(OUTPUT ${made}/engine.js
  COMMAND ${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs ${EMCC} -O3 -msimd128 ${objects} -o ${made}/engine.js --no-entry
    -sEXPORTED_FUNCTIONS=${calls} -sEXPORTED_RUNTIME_METHODS=UTF8ToString
    -sMODULARIZE=1 -sEXPORT_NAME=cxEngine -sENVIRONMENT=web,worker,node -sSINGLE_FILE=1 -sALLOW_MEMORY_GROWTH=1
    -sFILESYSTEM=0 -sDYNAMIC_EXECUTION=0 -sINITIAL_MEMORY=33554432
  DEPENDS ${objects} COMMENT "WebAssembly engine" VERBATIM)

set(parts page.html page.css settings.js story.js section.js courses.js worker.js main.js)
list(TRANSFORM parts PREPEND ${room}/page/)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/classroom.html
  COMMAND ${CMAKE_COMMAND} -DOUT=${CMAKE_BINARY_DIR}/classroom.html -DFROM=${room}/page -DENGINE=${made}/engine.js
    -DNAMES=${names} -DVERSION=${PROJECT_VERSION} -DCOMMIT=${CX_COMMIT} -P ${room}/page/join.cmake
  DEPENDS ${names} ${made}/engine.js ${room}/page/join.cmake ${parts} COMMENT "classroom.html" VERBATIM)
set(in_all "")
if(CX_CLASSROOM)
  set(in_all ALL)
endif()
add_custom_target(classroom ${in_all} DEPENDS ${CMAKE_BINARY_DIR}/classroom.html)
add_dependencies(classroom classroom_table)
