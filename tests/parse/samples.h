// The examples of docs/language.md: fenced blocks of the languages `schema` and `mdiff`.
#pragma once

#include <fstream>
#include <string>
#include <vector>

namespace schemac {

struct Sample {
  enum class Kind { Model, ModelDiff };
  Kind kind = Kind::Model;
  std::string text;
  // Of a model diff: the model of the state before. It stands above it, in a comment that readers of the page
  // do not see, as a block `schema before`.
  std::string before;
};

inline std::vector<Sample> Samples() {
  std::vector<Sample> samples;
  std::ifstream file(SCHEMAC_SOURCE_DIR "/docs/language.md");
  std::string line;
  std::string before;
  std::string* into = nullptr;
  while (std::getline(file, line)) {
    if (into != nullptr) {
      if (line == "```") {
        into = nullptr;
      } else {
        *into += line + "\n";
      }
    } else if (line == "```schema before") {
      before.clear();
      into = &before;
    } else if (line == "```schema") {
      into = &samples.emplace_back(Sample{Sample::Kind::Model, "", ""}).text;
    } else if (line == "```mdiff") {
      into = &samples.emplace_back(Sample{Sample::Kind::ModelDiff, "", before}).text;
      before.clear();
    }
  }
  return samples;
}

}  // namespace schemac
