// The examples of docs/language.md: fenced blocks of the languages `schema` and `mdiff`.
#pragma once

#include <fstream>
#include <string>
#include <vector>

namespace schemac {

inline std::vector<std::string> Samples() {
  std::vector<std::string> samples;
  std::ifstream file(SCHEMAC_SOURCE_DIR "/docs/language.md");
  std::string line;
  bool inside = false;
  while (std::getline(file, line)) {
    if (!inside && (line == "```schema" || line == "```mdiff")) {
      inside = true;
      samples.emplace_back();
    } else if (inside && line == "```") {
      inside = false;
    } else if (inside) {
      samples.back() += line + "\n";
    }
  }
  return samples;
}

}  // namespace schemac
