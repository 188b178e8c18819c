# One static library per room, one test program per room: a change in one room rebuilds little else.

find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(nlohmann_json REQUIRED)

add_library(mingjian_options INTERFACE)
# -Wrestrict of g++ 12 sees overlaps in string concatenation at -O3 that are not there (GCC bug 105651),
# and -Wmaybe-uninitialized sees strings destroyed that were never made, where an initializer throws.
target_compile_options(mingjian_options INTERFACE
  -Wall -Wextra -Wconversion -Wshadow
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized> -Werror)
target_include_directories(mingjian_options INTERFACE ${PROJECT_SOURCE_DIR})
target_link_libraries(mingjian_options INTERFACE nlohmann_json::nlohmann_json Threads::Threads)
if(MINGJIAN_SANITIZE)
  target_compile_options(mingjian_options INTERFACE
    -fsanitize=${MINGJIAN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(mingjian_options INTERFACE -fsanitize=${MINGJIAN_SANITIZE})
endif()
if(MINGJIAN_FUZZ)
  target_compile_options(mingjian_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# mingjian_library(NAME DEPENDENCY...): the sources of the present folder as the library NAME.
function(mingjian_library name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  add_library(${name} STATIC ${sources})
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_link_libraries(${name} PUBLIC mingjian_options ${ARGN})
endfunction()

# mingjian_test(NAME DEPENDENCY...): the *_test.cc of the present folder as one GoogleTest program.
# Its tests have their kind (see tests/CMakeLists.txt) and the name of the folder as their label, e.g.
# "unit.guard"; the target ${kind}_tests builds all of a kind.
function(mingjian_test name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cc)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE mingjian_options ${ARGN} GTest::gtest_main GTest::gmock)
  target_compile_definitions(${name} PRIVATE
    MINGJIAN_SOURCE_DIR="${PROJECT_SOURCE_DIR}" MINGJIAN_BINARY="$<TARGET_FILE:mingjian>")
  get_filename_component(folder ${CMAKE_CURRENT_SOURCE_DIR} NAME)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 600 LABELS ${kind}.${folder})
  add_dependencies(${kind}_tests ${name})
endfunction()
