// Feeds a fuzz target with the files of the folders that it is called with: what libFuzzer's own
// `main` does with a corpus, for other compilers.
#include <filesystem>
#include <iostream>

#include "tests/fuzz/fuzz_target.h"
#include "tests/support/conformance_files.h"

int main(int count, char** arguments) {
  std::size_t files = 0;
  for (int i = 1; i < count; ++i) {
    for (const auto& entry : std::filesystem::directory_iterator(arguments[i])) {
      std::cout << entry.path().filename().string() << std::endl;  // known if the next line crashes
      const std::string input = mingjian::testing::read_file(entry.path());
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
      ++files;
    }
  }
  return files > 0 ? 0 : 1;
}
