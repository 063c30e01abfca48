// bench_workload TABLES (none|one|five) (model|sql|sqlalchemy|django|drizzle): writes the text to standard
// output.
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "tests/bench/workload.h"

int main(int argc, char** argv) {
  using schemac::bench::Change;
  using schemac::bench::Language;
  const std::map<std::string, Change> changes{
      {"none", Change::None}, {"one", Change::OneColumn}, {"five", Change::FivePercent}};
  const std::map<std::string, Language> languages{{"model", Language::Model},
                                                  {"sql", Language::Sql},
                                                  {"sqlalchemy", Language::SqlAlchemy},
                                                  {"django", Language::Django},
                                                  {"drizzle", Language::Drizzle}};
  if (argc != 4 || !changes.contains(argv[2]) || !languages.contains(argv[3])) {
    std::fputs("usage: bench_workload TABLES none|one|five model|sql|sqlalchemy|django|drizzle\n", stderr);
    return 2;
  }
  const std::size_t tables = std::strtoul(argv[1], nullptr, 10);
  const std::string text = schemac::bench::Describe(tables, changes.at(argv[2]), languages.at(argv[3]));
  std::fwrite(text.data(), 1, text.size(), stdout);
  return std::fclose(stdout) == 0 ? 0 : 1;
}
