#include "compiler/driver/answers.h"

#include <algorithm>
#include <istream>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/words.h"
#include "compiler/sql/expression.h"
#include "compiler/support/characters.h"
#include "compiler/support/quote.h"
#include "schema/diff/diff.h"

namespace schemac {
namespace {

using schema::Catalog;
using schema::Intent;
using schema::ObjectAddress;
using schema::ObjectKind;

// `public."Odd name".c` to its parts, folded as PostgreSQL folds; nullopt when it is no such thing. Stops
// before `stop` outside quotes and leaves `rest` behind it.
std::optional<std::vector<std::string>> SplitName(std::string_view text, char stop, std::string_view& rest) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  bool was_quoted = false;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char byte = text[at];
    if (quoted && byte == '"' && text.substr(at + 1).starts_with('"')) {
      parts.back().push_back(byte);
      ++at;
    } else if (byte == '"') {
      quoted = !quoted;
      was_quoted = true;
    } else if (quoted) {
      parts.back().push_back(byte);
    } else if (byte == stop) {
      break;
    } else if (byte == '.') {
      if (parts.back().empty() && !was_quoted) return std::nullopt;
      parts.emplace_back();
      was_quoted = false;
    } else {
      parts.back().push_back(Lower(byte));
    }
  }
  if (quoted || parts.back().empty()) return std::nullopt;
  rest = at < text.size() ? text.substr(at + 1) : std::string_view();
  if (stop != '\0' && at == text.size()) return std::nullopt;
  return parts;
}

bool Matches(const ObjectAddress& address, const std::vector<std::string>& parts) {
  std::vector<std::string> full;
  if (!address.schema.empty()) full.push_back(address.schema);
  full.push_back(address.name);
  // The arguments of a function are no part of the name that people write.
  const bool has_arguments = address.kind == ObjectKind::Function || address.kind == ObjectKind::Aggregate;
  if (!address.member.empty() && !has_arguments) full.push_back(address.member);
  if (full == parts) return true;
  return address.schema == "public" && std::equal(full.begin() + 1, full.end(), parts.begin(), parts.end());
}

bool CanBeRenamed(ObjectKind kind) {
  return kind != ObjectKind::SeedRow && kind != ObjectKind::DefaultPrivileges && kind != ObjectKind::Raw &&
         kind != ObjectKind::Extension && kind != ObjectKind::Role;
}

// Every object or column of `before` that the parts may mean, those that are gone from `after` first in
// question.
std::vector<ObjectAddress> Candidates(const Catalog& before, const Catalog& after,
                                      const std::vector<std::string>& parts) {
  std::vector<ObjectAddress> all;
  for (const auto& [address, object] : before.objects()) {
    if (CanBeRenamed(address.kind) && Matches(address, parts)) all.push_back(address);
    const auto* table = std::get_if<schema::Table>(&object);
    if (table == nullptr) continue;
    for (const schema::Column& column : table->columns) {
      ObjectAddress named{ObjectKind::Column, address.schema, address.name, column.name};
      if (Matches(named, parts)) all.push_back(std::move(named));
    }
  }
  std::vector<ObjectAddress> gone;
  std::copy_if(all.begin(), all.end(), std::back_inserter(gone),
               [&](const ObjectAddress& one) { return !after.Has(one); });
  return gone.empty() ? all : gone;
}

// The enum and label that `status.pending` means, when there is one.
std::optional<std::pair<ObjectAddress, std::string>> FindLabel(const Catalog& before,
                                                               std::vector<std::string> parts) {
  if (parts.size() < 2) return std::nullopt;
  const std::string label = parts.back();
  parts.pop_back();
  for (const auto& [address, object] : before.objects()) {
    const auto* type = std::get_if<schema::Enum>(&object);
    if (type == nullptr || !Matches(address, parts)) continue;
    if (std::find(type->labels.begin(), type->labels.end(), label) != type->labels.end())
      return std::pair(address, label);
  }
  return std::nullopt;
}

bool AddRename(Context& context, const std::string& answer, const Catalog& before, const Catalog& after,
               Intent& intent) {
  std::string_view rest;
  std::string_view nothing;
  const auto from = SplitName(answer, '=', rest);
  const auto to = from ? SplitName(rest, '\0', nothing) : std::nullopt;
  if (!from || !to || to->size() > 2) {
    return context.Fail(DiagnosticKind::Usage, fmt::format("--rename {} is not OLD=NEW", OneLine(answer)),
                        "for example --rename tenants.phone_number=phone");
  }
  const std::vector<ObjectAddress> candidates = Candidates(before, after, *from);
  if (candidates.size() > 1) {
    std::vector<std::string> names;
    for (const ObjectAddress& candidate : candidates) names.push_back(schema::Describe(candidate));
    return context.Fail(DiagnosticKind::Usage,
                        OneLine(fmt::format("--rename {} may mean {}", answer, fmt::join(names, " or "))),
                        "write the schema too, or answer with \"was\" in the model");
  }
  if (candidates.empty()) {
    const auto label = FindLabel(before, *from);
    if (label && to->size() == 1) {
      intent.labels[label->first].renamed[label->second] = to->front();
      return true;
    }
    return context.Fail(
        DiagnosticKind::Usage,
        OneLine(fmt::format("--rename {}: the state before has nothing of that name", answer)));
  }
  ObjectAddress target = candidates.front();
  schema::SetOwnName(target, to->back());
  if (to->size() == 2) target.schema = to->front();
  intent.renames.push_back({candidates.front(), target});
  return true;
}

bool AddBackfill(Context& context, const std::string& answer, const Catalog& after, Intent& intent) {
  std::string_view text;
  auto parts = SplitName(answer, '=', text);
  if (!parts || parts->size() < 2 || parts->size() > 3 || text.empty()) {
    return context.Fail(DiagnosticKind::Usage,
                        fmt::format("--backfill {} is not TABLE.COLUMN=EXPRESSION", OneLine(answer)),
                        "for example --backfill \"tenants.region='eu'\"");
  }
  if (parts->size() == 2) parts->insert(parts->begin(), "public");
  const schema::Table* table = after.FindTable({(*parts)[0], (*parts)[1]});
  const schema::Column* column = table == nullptr ? nullptr : table->FindColumn((*parts)[2]);
  if (column == nullptr) {
    return context.Fail(DiagnosticKind::UnknownColumn,
                        OneLine(fmt::format("--backfill {}: the wanted state has no such column", answer)));
  }
  sql::Scope scope;
  scope.catalog = &after;
  scope.table = table;
  scope.value_type = column->type;
  ErrorOr<schema::Expression> value = sql::ParseExpression(text, scope);
  if (!value) {
    return context.FailIn(context.sources.Add("--backfill", std::string(text)), value.error());
  }
  intent.backfills[{ObjectKind::Column, table->name.schema, table->name.name, column->name}] =
      *std::move(value);
  return true;
}

// What a rename gives a new spelling: the label of an enum, or the object's own name.
std::string Renamed(const ObjectAddress& address) {
  const bool is_label = address.kind == ObjectKind::Enum && !address.member.empty();
  return QuoteIdentifier(is_label ? address.member : schema::OwnName(address));
}

std::string RenameFlag(const schema::Rename& rename) {
  return fmt::format("--rename {}={}", SqlName(rename.from), Renamed(rename.to));
}

bool AskYesNo(Context& context, const std::string& question) {
  context.environment.err << question << " [y/N] " << std::flush;
  std::string answer;
  std::getline(context.environment.in, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace

bool AddAnswers(Context& context, const Answers& answers, const Catalog& before, const Catalog& after,
                Intent& intent) {
  bool all_fit = true;
  for (const std::string& answer : answers.renames) {
    all_fit = AddRename(context, answer, before, after, intent) && all_fit;
  }
  for (const std::string& answer : answers.backfills)
    all_fit = AddBackfill(context, answer, after, intent) && all_fit;
  return all_fit;
}

bool SettleRenames(Context& context, const Answers& answers, const Catalog& before, const Catalog& after,
                   Intent& intent) {
  if (answers.no_rename) return true;
  std::set<std::pair<ObjectAddress, ObjectAddress>> refused;
  // A confirmed rename of a table may show that its columns were renamed too, so this asks until nothing is
  // open.
  while (true) {
    const ErrorOr<schema::Diff> diff = schema::Compare(before, after, intent);
    if (!diff) return context.Fail(diff.error());
    std::vector<schema::Rename> open = schema::LikelyRenames(*diff);
    std::erase_if(open, [&](const schema::Rename& rename) {
      return refused.contains({rename.from, rename.to});
    });
    if (open.empty()) return true;
    if (!context.environment.interactive) {
      for (const schema::Rename& rename : open) {
        context.Fail(DiagnosticKind::AmbiguousRename,
                     OneLine(fmt::format("{} is gone and {} is new: was it renamed?",
                                         schema::Describe(rename.from), schema::Describe(rename.to))),
                     OneLine(fmt::format("{}, \"was {}\" in the model, or --no-rename", RenameFlag(rename),
                                         Renamed(rename.from))));
      }
      return false;
    }
    for (const schema::Rename& rename : open) {
      if (AskYesNo(context,
                   OneLine(fmt::format("{} is gone and {} is new: was it renamed?",
                                       schema::Describe(rename.from), schema::Describe(rename.to))))) {
        intent.renames.push_back(rename);
      } else {
        refused.emplace(rename.from, rename.to);
      }
    }
  }
}

}  // namespace schemac
