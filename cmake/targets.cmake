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
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 TEST_FILTER -*Mariadb*
    PROPERTIES TIMEOUT 600 LABELS ${kind}.${folder})
  # Those that need a server share one, which tests/support starts first and ends last.
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 TEST_FILTER *Mariadb* TEST_LIST ${name}_mariadb
    PROPERTIES TIMEOUT 600 LABELS ${kind}.${folder} FIXTURES_REQUIRED mariadb
    ENVIRONMENT MINGJIAN_TEST_MARIADB_PORT_FILE=${MINGJIAN_TEST_MARIADB_PORT_FILE})
  add_dependencies(${kind}_tests ${name})
endfunction()

# mingjian_test_on_mariadb(NAME): runs the tests of a program of mingjian_test once more, with every
# TestStore on MariaDB; but for those that are always there, by their name.
function(mingjian_test_on_mariadb name)
  get_filename_component(folder ${CMAKE_CURRENT_SOURCE_DIR} NAME)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 TEST_PREFIX Mariadb. TEST_FILTER -*Mariadb*
    TEST_LIST ${name}_on_mariadb
    PROPERTIES TIMEOUT 600 LABELS ${kind}.${folder} FIXTURES_REQUIRED mariadb ENVIRONMENT
    "MINGJIAN_TEST_STORE=mariadb;MINGJIAN_TEST_MARIADB_PORT_FILE=${MINGJIAN_TEST_MARIADB_PORT_FILE}")
endfunction()

# mingjian_schema(LIBRARY): the migrations schema/*.sql of the present folder, in order, as string
# literals in schema.inc, so that the binary needs no files beside it.
function(mingjian_schema library)
  file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/schema/*.sql)
  list(SORT migrations)
  set(literals "")
  foreach(migration ${migrations})
    file(READ ${migration} sql)
    string(APPEND literals "R\"sql(${sql})sql\",\n")
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/schema.inc CONTENT "${literals}" @ONLY)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${migrations})
  target_include_directories(${library} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
