#include "tests/facts/samples.h"

#include <sstream>
#include <utility>

#include "compiler/support/check.h"
#include "tests/postgres/process.h"

namespace schemac::testing {
namespace {

const std::string kFolder = SCHEMAC_SOURCE_DIR "/tests/facts/";

Sample ReadHead(const std::string& line) {
  Sample sample;
  std::istringstream words(line.substr(4));
  words >> sample.operation >> sample.relation;
  if (sample.relation == "-") sample.relation.clear();
  for (std::string other; words >> other;) sample.others.push_back(other);
  return sample;
}

std::vector<Sample> ReadSamples() {
  std::vector<Sample> samples;
  std::istringstream lines(ReadFile(kFolder + "samples.sql"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("--- ")) {
      samples.push_back(ReadHead(line));
    } else if (samples.empty()) {
      continue;
    } else if (line == "-- then" || line == "-- outside") {
      samples.back().outside = line == "-- outside";
      samples.back().preparation = std::exchange(samples.back().statement, "");
    } else if (!line.starts_with("--") && !line.empty()) {
      samples.back().statement += line + "\n";
    }
  }
  Check(!samples.empty());
  return samples;
}

}  // namespace

void PrintTo(const Sample& sample, std::ostream* out) { *out << sample.operation; }

const std::vector<Sample>& Samples() {
  static const std::vector<Sample> samples = ReadSamples();
  return samples;
}

std::string Prelude() { return ReadFile(kFolder + "prelude.sql"); }

}  // namespace schemac::testing
