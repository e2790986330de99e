# What packages are made of. Tools share nearly all of their code, so a package has it once: one executable, installed under the
# names of all tools, that does what it is called by. It is linked from the objects of the tools as they are, whose
# main() gets the name of the tool; so nothing is compiled twice, and what is packed is what was tested.
if(NOT CMAKE_OBJCOPY)
  return()
endif()

set(folder ${PROJECT_BINARY_DIR}/packed)
set(MAHA_MAINS "")
set(MAHA_ENTRIES "")
set(objects "")
foreach(tool IN LISTS MAHA_TOOLS)
  string(MAKE_C_IDENTIFIER "main_of_${tool}" entry)
  string(APPEND MAHA_MAINS "int ${entry}(int, char**);\n")
  string(APPEND MAHA_ENTRIES "    {\"${tool}\", ${entry}},\n")
  set(object ${folder}/${tool}.o)
  add_custom_command(OUTPUT ${object} DEPENDS $<TARGET_OBJECTS:${tool}> VERBATIM COMMAND_EXPAND_LISTS
    COMMAND ${CMAKE_OBJCOPY} --redefine-sym main=${entry} $<TARGET_OBJECTS:${tool}> ${object})
  list(APPEND objects ${object})
endforeach()
configure_file(packaging/one_executable.cpp.in packed/one_executable.cpp @ONLY)
add_custom_target(maha_renamed_mains DEPENDS ${objects})  # of which two executables are linked at the same time

# Installed as the first of the tools, and then, by hard links, as the others.
list(GET MAHA_TOOLS 0 first)
function(maha_one_executable target component)
  add_executable(${target} EXCLUDE_FROM_ALL ${folder}/one_executable.cpp ${objects})
  add_dependencies(${target} maha_renamed_mains)
  target_link_libraries(${target} PRIVATE ${MAHA_TOOL_LIBRARIES})
  target_compile_options(${target} PRIVATE -fPIC)
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${first} RUNTIME_OUTPUT_DIRECTORY ${folder}/${component})
  install(TARGETS ${target} COMPONENT ${component} EXCLUDE_FROM_ALL)
  install(CODE "
    foreach(tool ${MAHA_TOOLS})
      if(NOT tool STREQUAL \"${first}\")
        set(folder \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}\")
        file(CREATE_LINK \"\${folder}/${first}\" \"\${folder}/\${tool}\" COPY_ON_ERROR)
      endif()
    endforeach()" COMPONENT ${component} EXCLUDE_FROM_ALL)
endfunction()

maha_one_executable(maha_one one)
target_link_options(maha_one PRIVATE -Wl,-z,now)
if(MAHA_TESTS AND NOT MAHA_SANITIZE)
  add_dependencies(cli_tests maha_one)  # the test `package` looks at it
endif()

# The same, with all libraries inside. CMake has found shared ones; the launcher takes the archives beside them.
maha_one_executable(maha_one_static static)
target_link_options(maha_one_static PRIVATE -static-pie)
set_target_properties(maha_one_static PROPERTIES RULE_LAUNCH_LINK ${PROJECT_SOURCE_DIR}/packaging/link_archives.sh)

add_custom_target(deb DEPENDS maha_one tools USES_TERMINAL VERBATIM
  COMMAND ${PROJECT_SOURCE_DIR}/packaging/deb.sh ${PROJECT_BINARY_DIR} ${PROJECT_VERSION})
add_custom_target(tarball DEPENDS maha_one_static tools USES_TERMINAL VERBATIM
  COMMAND ${PROJECT_SOURCE_DIR}/packaging/tarball.sh ${PROJECT_BINARY_DIR} ${PROJECT_VERSION})
