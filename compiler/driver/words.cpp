#include "compiler/driver/words.h"

#include <optional>
#include <set>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"
#include "schema/diff/diff.h"

namespace schemac {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

ObjectAddress ColumnAddress(const schema::QualifiedName& table, const std::string& column) {
  return {ObjectKind::Column, table.schema, table.name, column};
}

// Adds `what` when the two differ.
template <typename Value>
void Note(std::vector<std::string>& details, const Value& from, const Value& to, std::string_view what) {
  if (!(from == to)) details.emplace_back(what);
}

void NoteIdentity(std::vector<std::string>& details, const Boxed<schema::Identity>& from,
                  const Boxed<schema::Identity>& to) {
  if (!from || !to) return Note(details, from, to, "identity");
  schema::Identity rest = *from;
  static_cast<schema::ObjectBase&>(rest) = *to;
  Note(details, rest, *to, "identity");
  Note(details, from->comment, to->comment, "comment of the sequence");
  Note(details, from->privileges, to->privileges, "privileges of the sequence");
}

std::vector<std::string> ColumnDetails(const schema::Column& from, const schema::Column& to) {
  std::vector<std::string> details;
  if (from.type != to.type) {
    details.push_back(
        fmt::format("type {} to {}", schema::FormatType(from.type), schema::FormatType(to.type)));
  }
  if (from.not_null != to.not_null) details.emplace_back(to.not_null ? "not null" : "nullable");
  const auto text = [](const Boxed<schema::Expression>& value) {
    return value ? OneLine(value->text) : "none";
  };
  if (from.default_value != to.default_value) {
    details.push_back(fmt::format("default {} to {}", text(from.default_value), text(to.default_value)));
  }
  if (from.generated != to.generated) {
    details.push_back(fmt::format("generated {} to {}", text(from.generated), text(to.generated)));
  }
  NoteIdentity(details, from.identity, to.identity);
  Note(details, from.collation, to.collation, "collation");
  Note(details, from.storage, to.storage, "storage");
  Note(details, from.compression, to.compression, "compression");
  Note(details, from.statistics, to.statistics, "statistics");
  Note(details, from.options, to.options, "options");
  Note(details, from.comment, to.comment, "comment");
  Note(details, from.privileges, to.privileges, "privileges");
  Note(details, from.inherited, to.inherited, "inherited");
  return details;
}

std::vector<std::string> ObjectDetails(const schema::Object& from, const schema::Object& to) {
  std::vector<std::string> details;
  const schema::ObjectBase& old_base = schema::BaseOf(from);
  const schema::ObjectBase& new_base = schema::BaseOf(to);
  schema::Object rest = from;
  schema::BaseOf(rest) = new_base;
  const auto* old_enum = std::get_if<schema::Enum>(&from);
  const auto* new_enum = std::get_if<schema::Enum>(&to);
  if (old_enum != nullptr && new_enum != nullptr && old_enum->labels != new_enum->labels) {
    details.push_back(OneLine(fmt::format("labels {} to {}", fmt::join(old_enum->labels, ", "),
                                          fmt::join(new_enum->labels, ", "))));
  } else {
    Note(details, rest, to, "definition");
  }
  Note(details, old_base.comment, new_base.comment, "comment");
  Note(details, old_base.privileges, new_base.privileges, "privileges");
  return details;
}

ChangeWords Make(std::string action, const ObjectAddress& address, std::vector<std::string> details = {}) {
  const std::string_view kind = schema::IsLabel(address) ? "label" : schema::KindWord(address.kind);
  return {std::move(action), std::string(kind), address, SqlName(address), "", std::move(details)};
}

// The address that a change is about when it makes or removes a whole object.
std::optional<ObjectAddress> WholeObject(const schema::Change& change) {
  if (const auto* create = std::get_if<schema::CreateObject>(&change))
    return schema::AddressOf(create->object);
  if (const auto* drop = std::get_if<schema::DropObject>(&change)) return schema::AddressOf(drop->object);
  return std::nullopt;
}

}  // namespace

std::string OneLine(std::string_view text) {
  std::string line(text);
  for (char& byte : line) {
    if (static_cast<unsigned char>(byte) < ' ' || byte == '\x7f') byte = ' ';
  }
  return line;
}

std::string SqlName(const ObjectAddress& address) {
  std::string name = QuoteQualified(address.schema, address.name);
  if (address.kind == ObjectKind::Function || address.kind == ObjectKind::Aggregate) {
    return fmt::format("{}({})", name, address.member);
  }
  if (address.kind == ObjectKind::SeedRow || address.kind == ObjectKind::DefaultPrivileges) {
    return fmt::format("{} {}", name, address.member);
  }
  return address.member.empty() ? name : fmt::format("{}.{}", name, QuoteIdentifier(address.member));
}

ChangeWords WordsFor(const schema::Change& change) {
  return std::visit(
      Overloaded{
          [](const schema::CreateObject& create) { return Make("create", schema::AddressOf(create.object)); },
          [](const schema::DropObject& drop) { return Make("drop", schema::AddressOf(drop.object)); },
          [](const schema::AlterObject& alter) {
            return Make("alter", schema::AddressOf(alter.to), ObjectDetails(alter.from, alter.to));
          },
          [](const schema::RenameObject& rename) {
            ChangeWords words = Make("rename", rename.from);
            words.new_name = rename.from.schema == rename.to.schema || schema::IsTablePart(rename.from.kind)
                                 ? QuoteIdentifier(schema::OwnName(rename.to))
                                 : SqlName(rename.to);
            return words;
          },
          [](const schema::AddColumn& add) {
            return Make("create", ColumnAddress(add.table, add.column.name),
                        {schema::FormatType(add.column.type)});
          },
          [](const schema::DropColumn& drop) {
            return Make("drop", ColumnAddress(drop.table, drop.column.name));
          },
          [](const schema::AlterColumn& alter) {
            return Make("alter", ColumnAddress(alter.table, alter.to.name),
                        ColumnDetails(alter.from, alter.to));
          },
          [](const schema::ChangeData& data) {
            ChangeWords words;
            words.action = "data";
            words.kind = "data step";
            words.name = data.step.title.empty() ? OneLine(data.step.up) : OneLine(data.step.title);
            return words;
          },
      },
      change);
}

std::string Sentence(const ChangeWords& words) {
  if (words.action == "data") return fmt::format("change rows: {}", words.name);
  std::string sentence = OneLine(fmt::format("{} {}", words.action, schema::Describe(words.address)));
  if (!words.new_name.empty()) sentence += fmt::format(" to {}", OneLine(words.new_name));
  if (!words.details.empty()) sentence += fmt::format(": {}", fmt::join(words.details, "; "));
  return sentence;
}

std::vector<ChangeWords> Summary(const schema::Diff& diff) {
  std::set<ObjectAddress> whole;
  for (const schema::Change& change : diff.changes) {
    if (const std::optional<ObjectAddress> address = WholeObject(change)) whole.insert(*address);
  }
  std::vector<ChangeWords> summary;
  for (const schema::Change& change : diff.changes) {
    const std::optional<ObjectAddress> address = WholeObject(change);
    if (address && schema::IsTablePart(address->kind)) {
      const schema::ObjectAddress table = schema::TableOf(*address);
      if (whole.contains({ObjectKind::Table, table.schema, table.name, ""}) ||
          whole.contains({ObjectKind::View, table.schema, table.name, ""})) {
        continue;
      }
    }
    summary.push_back(WordsFor(change));
  }
  return summary;
}

std::string FirstDifference(const schema::Catalog& found, const schema::Catalog& wanted) {
  if (found == wanted) return "";
  const ErrorOr<schema::Diff> diff = schema::Compare(found, wanted, {});
  if (diff && !diff->empty())
    return fmt::format("still to do: {}", Sentence(WordsFor(diff->changes.front())));
  for (const auto& [address, object] : wanted.objects()) {
    const schema::Object* other = found.Find(address);
    if (other == nullptr) return fmt::format("{} is missing", schema::Describe(address));
    if (!schema::SaySame(*other, object)) return fmt::format("{} differs", schema::Describe(address));
  }
  for (const auto& [address, object] : found.objects()) {
    if (!wanted.Has(address)) return fmt::format("{} should not be there", schema::Describe(address));
  }
  return "";
}

}  // namespace schemac
