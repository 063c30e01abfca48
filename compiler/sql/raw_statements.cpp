#include "compiler/sql/raw_statements.h"

#include <algorithm>

#include "compiler/sql/statement_split.h"
#include "compiler/sql/tokens.h"
#include "compiler/support/characters.h"

namespace schemac::sql {
namespace {

std::vector<std::string> StatementsOf(std::string_view text) {
  std::vector<std::string> statements;
  ScriptReader reader(text);
  ScriptStatement statement;
  while (reader.Next(statement))
    statements.push_back(TokensOf(text.substr(statement.begin, statement.end - statement.begin)));
  return statements;
}

bool BeginWith(std::span<const std::string> statements, const std::vector<std::string>& known) {
  return !known.empty() && statements.size() >= known.size() &&
         std::equal(known.begin(), known.end(), statements.begin());
}

// Those whose kind is known are made by a statement that the interpreter understands.
template <typename Take>
void ForEachHandWritten(const schema::Catalog& catalog, Take take) {
  const auto& objects = catalog.objects();
  for (auto it = objects.lower_bound({schema::ObjectKind::Raw, "", "", ""});
       it != objects.end() && it->first.kind == schema::ObjectKind::Raw; ++it) {
    const auto& raw = std::get<schema::Raw>(it->second);
    if (raw.kind.empty()) take(raw);
  }
}

}  // namespace

std::string TokensOf(std::string_view statement) {
  const Tokens tokens(statement);
  std::string text;
  for (const Token& token : tokens.tokens()) {
    const std::string_view word = tokens.Text(token);
    text += text.empty() ? "" : " ";
    text += token.kind == TokenKind::Word ? Lower(word) : std::string(word);
  }
  return text;
}

RawStatements::RawStatements(const schema::Catalog& before, const schema::Catalog& after,
                             const std::vector<std::string>& data) {
  ForEachHandWritten(before, [&](const schema::Raw& raw) {
    dropped_.push_back({raw, StatementsOf(raw.drop.text)});
  });
  ForEachHandWritten(after, [&](const schema::Raw& raw) {
    made_.push_back({raw, StatementsOf(raw.create.text)});
  });
  for (const std::string& text : data) {
    for (std::string& statement : StatementsOf(text)) data_.insert(std::move(statement));
  }
}

std::size_t RawStatements::Run(std::span<const std::string> statements, schema::Catalog& catalog) const {
  for (const Known& known : dropped_) {
    const schema::ObjectAddress address = schema::AddressOf(schema::Object(known.raw));
    const auto* there = catalog.Get<schema::Raw>(address);
    if (there == nullptr || !(*there == known.raw) || !BeginWith(statements, known.statements)) continue;
    catalog.Remove(address);
    return known.statements.size();
  }
  for (const Known& known : made_) {
    if (catalog.Has(schema::AddressOf(schema::Object(known.raw))) || !BeginWith(statements, known.statements))
      continue;
    catalog.Put(known.raw);
    return known.statements.size();
  }
  return 0;
}

}  // namespace schemac::sql
