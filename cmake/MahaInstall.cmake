# The tools with their pages and data, and the library with headers, a CMake package and a pkg-config file. Whoever builds against it gets our
# compile options with it: they decide how Eigen lays out memory and rounds, and have to be the same on both sides.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(MAHA_LAYERS core linalg metric neighbors prepare learn eval io data)  # the rest is the tools' own
set(MAHA_INCLUDEDIR ${CMAKE_INSTALL_INCLUDEDIR}/maha)          # <maha/...> for users; headers name each other below it
set(MAHA_CMAKEDIR ${CMAKE_INSTALL_LIBDIR}/cmake/maha)

install(TARGETS ${MAHA_TOOLS} COMPONENT tools)  # for which packages have something else: MahaPackages.cmake
include(MahaPages)

foreach(layer IN LISTS MAHA_LAYERS)
  set_target_properties(maha_${layer} PROPERTIES EXPORT_NAME ${layer})
  target_include_directories(maha_${layer} INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    $<INSTALL_INTERFACE:${MAHA_INCLUDEDIR}>)
  install(TARGETS maha_${layer} EXPORT maha)
endforeach()
set_target_properties(maha_build PROPERTIES EXPORT_NAME build)
install(TARGETS maha_build EXPORT maha)

# The headers that a user of the library needs, and what these include.
function(maha_install_header header)
  get_property(installed GLOBAL PROPERTY MAHA_HEADERS)
  if(header IN_LIST installed)
    return()
  endif()
  set_property(GLOBAL APPEND PROPERTY MAHA_HEADERS ${header})
  get_filename_component(folder ${header} DIRECTORY)
  install(FILES src/${header} DESTINATION ${MAHA_INCLUDEDIR}/${folder})
  file(STRINGS src/${header} lines REGEX "^#include \"")
  foreach(line IN LISTS lines)
    string(REGEX REPLACE "^#include \"(.*)\"" "\\1" included ${line})
    maha_install_header(${included})
  endforeach()
endfunction()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS src/public_headers.txt)
file(STRINGS src/public_headers.txt headers REGEX "^[a-z]")
foreach(header IN LISTS headers)
  maha_install_header(${header})
endforeach()
install(EXPORT maha NAMESPACE maha:: FILE mahaTargets.cmake DESTINATION ${MAHA_CMAKEDIR})

configure_package_config_file(cmake/mahaConfig.cmake.in mahaConfig.cmake INSTALL_DESTINATION ${MAHA_CMAKEDIR})
write_basic_package_version_file(mahaConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/mahaConfig.cmake ${PROJECT_BINARY_DIR}/mahaConfigVersion.cmake
  DESTINATION ${MAHA_CMAKEDIR})

# Its paths are relative to the file itself, so that the installed tree can be moved. Of static libraries, what uses
# another comes before it.
file(RELATIVE_PATH MAHA_PC_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
get_target_property(options maha_build INTERFACE_COMPILE_OPTIONS)
get_target_property(definitions maha_build INTERFACE_COMPILE_DEFINITIONS)
list(TRANSFORM definitions PREPEND "-D")
list(JOIN options " " MAHA_PC_OPTIONS)
list(JOIN definitions " " MAHA_PC_DEFINITIONS)
set(MAHA_PC_LIBS "-lmaha_data -lmaha_io -lmaha_eval -lmaha_learn -lmaha_prepare -lmaha_neighbors -lmaha_metric -lmaha_linalg -lmaha_core")
configure_file(cmake/maha.pc.in maha.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/maha.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# The pages, which lead to each other as they do here; and for programs and examples, the model's schema and the data
# sets. Of these not what get.sh has fetched.
install(FILES README.md LICENSE CHANGELOG.md CONTRIBUTING.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES datasets/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR}/datasets)
install(FILES docs/model.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/maha)
file(STRINGS datasets/SHA256SUMS sets)
list(TRANSFORM sets REPLACE "^[0-9a-f]+ +" "datasets/")
install(FILES ${sets} datasets/README.md datasets/SHA256SUMS datasets/get.sha256 datasets/deskew_mnist.py
  DESTINATION ${CMAKE_INSTALL_DATADIR}/maha/datasets)
install(PROGRAMS datasets/get.sh DESTINATION ${CMAKE_INSTALL_DATADIR}/maha/datasets)
