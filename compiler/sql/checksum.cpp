#include "compiler/sql/checksum.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "compiler/sql/deep_stack.h"
#include "compiler/sql/node_walk.h"
#include "compiler/sql/parse_tree.h"
#include "compiler/sql/raw_statements.h"
#include "compiler/sql/statement_split.h"
#include "compiler/sql/tokens.h"

namespace schemac::sql {
namespace {

// FNV-1a, 64 bits (draft-eastlake-fnv): guards against accidents, not against forgers.
class Hash {
 public:
  void Add(std::string_view bytes) {
    for (const char c : bytes) {
      value_ ^= static_cast<unsigned char>(c);
      value_ *= 0x100000001b3ULL;
    }
  }
  [[nodiscard]] std::string Hex() const {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4)
      text += kDigits[(value_ >> static_cast<unsigned>(shift)) & 0xFU];
    return text;
  }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

std::string Meaning(std::string_view statement) {
  const auto tree = ParseTree::Parse(Tokens(statement));
  if (!tree) return TokensOf(statement);
  std::string text;
  RunOnDeepStack(MeasureNesting(statement), [&] {
    for (std::size_t i = 0; i < tree->result().n_stmts; ++i) {
      if (tree->result().stmts[i]->stmt != nullptr) text += DumpTree(tree->result().stmts[i]->stmt->base);
    }
  });
  return text;
}

// Scripts begin and end with the same few statements.
std::string RememberedMeaning(std::string_view statement) {
  constexpr std::size_t kLongest = 100;
  constexpr std::size_t kMost = 200;
  if (statement.size() > kLongest) return Meaning(statement);
  thread_local std::map<std::string, std::string, std::less<>> known;
  if (const auto found = known.find(statement); found != known.end()) return found->second;
  if (known.size() >= kMost) known.clear();
  return known.emplace(statement, Meaning(statement)).first->second;
}

}  // namespace

std::string ChecksumOf(std::string_view script) {
  Hash hash;
  ScriptReader reader(script);
  ScriptStatement statement;
  while (reader.Next(statement)) {
    hash.Add(RememberedMeaning(script.substr(statement.begin, statement.end - statement.begin)));
    hash.Add(";");
  }
  return hash.Hex();
}

}  // namespace schemac::sql
