// One statement for each entry of the table of facts: samples.sql, which tells its format.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace schemac::testing {

struct Sample {
  std::string operation;
  std::string relation;  // "" when the statement is about none that was there before.
  std::vector<std::string> others;
  std::string preparation;
  std::string statement;
  bool outside = false;  // Refuses to run inside a transaction.
};
void PrintTo(const Sample& sample, std::ostream* out);

const std::vector<Sample>& Samples();
// What is there before each of them.
std::string Prelude();

}  // namespace schemac::testing
