# embed.cmake - makes one C file of the page's script and style sheet.  Included by the root (rules), and run with
# -DOUT=FILE -DFROM=FOLDER by those rules.  The licence of uPlot takes the place of its one-line head.
set(CX_PAGE_SCRIPTS state.js volume.js solid.js flat.js charts.js tale.js main.js)

if(NOT DEFINED OUT)
  set(from ${CMAKE_CURRENT_LIST_DIR})
  set(out ${CMAKE_BINARY_DIR}/generated/report_assets.c)
  set(depends uPlot.iife.min.js uPlot.min.css uPlot.LICENSE page.css tale.css gallery.css gallery.js bands.js timing.yml embed.cmake ${CX_PAGE_SCRIPTS})
  list(TRANSFORM depends PREPEND ${from}/)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DFROM=${from} -P ${from}/embed.cmake
    DEPENDS ${depends} COMMENT "Scripts, style sheets and literature of the report" VERBATIM)
  target_sources(cx_report PRIVATE ${out})
  return()
endif()

# Bytes as a C array that ends with a zero.
function(add_array name path)
  file(READ ${path} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(REGEX REPLACE "(('....',)('....',)('....',)('....',)('....',)('....',)('....',)('....',))" "\\1\n" bytes "${bytes}")
  file(APPEND ${OUT} "const char ${name}[] = {\n${bytes}0};\n")
endfunction()

file(READ ${FROM}/uPlot.LICENSE licence)
file(READ ${FROM}/uPlot.iife.min.js uplot)
string(REGEX REPLACE "^/\\*![^\n]*\\*/\n" "" uplot "${uplot}")
file(WRITE ${OUT}.js "/*! uPlot\n${licence}*/\n${uplot}\n")
foreach(script IN LISTS CX_PAGE_SCRIPTS)
  file(READ ${FROM}/${script} text)
  file(APPEND ${OUT}.js "${text}")
endforeach()
file(READ ${FROM}/uPlot.min.css sheet)
file(READ ${FROM}/page.css own)
file(WRITE ${OUT}.css "${sheet}${own}")
file(WRITE ${OUT} "/* Made by engine/report/assets/embed.cmake. */\n#include \"report/assets.h\"\n\n")
add_array(cx_report_script_text ${OUT}.js)
add_array(cx_bands_script_text ${FROM}/bands.js)
add_array(cx_report_sheet_text ${OUT}.css)
add_array(cx_tale_sheet_text ${FROM}/tale.css)
add_array(cx_report_timing_text ${FROM}/timing.yml)
add_array(cx_gallery_script_text ${FROM}/gallery.js)
add_array(cx_gallery_sheet_text ${FROM}/gallery.css)
