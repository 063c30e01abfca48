#include "compiler/support/characters.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"
#include "emitters/expression_text.h"
#include "emitters/model/change_text.h"
#include "emitters/model/item_text.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

bool IsWord(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    const bool kept = IsLetter(c) || c == '_' || (IsDigit(c) && &c != text.data());
    if (!kept) return false;
  }
  return true;
}

// A line for all labels, or a line for each, as fmt has it; `add` may come to stand in front.
std::string SpellEnum(const schema::Enum& type, const ModelContext& context) {
  constexpr std::size_t kLongestLine = 93;
  const std::string head = context.Writer().Write("ENUM").Name(type.name).Take() + " {";
  std::string line = head;
  std::string lines = head + "\n";
  for (std::size_t i = 0; i < type.labels.size(); ++i) {
    const std::string label = EnumLabelText(type.labels[i]) + (i + 1 < type.labels.size() ? "," : "");
    line += " " + label;
    lines += "  " + label + "\n";
  }
  line += type.labels.empty() ? "}" : " }";
  return (line.size() > kLongestLine ? lines + "}" : line) + "\n";
}

// `create function f()…` without its first word, with a semicolon.
std::string WithoutCreate(const postgres::Statements& statements) {
  constexpr std::size_t kCreate = 7;
  std::string text = statements.front().substr(kCreate);
  if (EndsInLineComment(text)) text += '\n';
  return text + ";\n";
}

// Comments on parts of a type: the statements behind its CREATE.
std::string PartComments(const postgres::Statements& statements) {
  std::string text;
  for (std::size_t i = 1; i < statements.size(); ++i) {
    if (statements[i].starts_with("COMMENT")) text += "\n" + AsItem(statements[i]) + ";\n";
  }
  return text;
}

std::string SpellExtension(const schema::Extension& extension) {
  std::string text = "extension " + QuoteIdentifier(extension.name);
  if (!extension.schema.empty()) text += " schema " + QuoteIdentifier(extension.schema);
  if (!extension.version.empty()) text += " version " + QuoteLiteral(extension.version);
  return text + ";\n";
}

std::string SpellSequence(const schema::Sequence& sequence, const ModelContext& context) {
  std::string text = postgres::CreateSequence(sequence, context.style).front();
  text = text.substr(std::string_view("create ").size());
  if (sequence.owned_by) {
    text += " owned by " + QuoteQualified(sequence.owned_by->schema, sequence.owned_by->name) + "." +
            QuoteIdentifier(sequence.owned_by->member);
  }
  return text + ";\n";
}

// ` disable`, ` enable always`; "" for what a new trigger does.
std::string Firing(schema::FiringMode mode) {
  switch (mode) {
    case schema::FiringMode::Origin:
      return "";
    case schema::FiringMode::Disabled:
      return "disable";
    case schema::FiringMode::Replica:
      return "enable replica";
    case schema::FiringMode::Always:
      return "enable always";
  }
  return "";
}

std::string SpellView(const schema::View& view, const TableParts& parts, const ModelContext& context,
                      std::string& after) {
  std::string text = WithoutCreate(postgres::CreateView(view, false, context.style));
  const ObjectAddress address = schema::AddressOf(schema::Object(view));
  for (const auto& [column, comment] : view.column_comments) {
    after += PlainCommentStatement({ObjectKind::Column, address.schema, address.name, column}, view, comment);
  }
  for (const auto& [column, privileges] : view.column_privileges) {
    after += GrantLines({ObjectKind::Column, address.schema, address.name, column}, view, {}, privileges);
  }
  for (const auto& [column, value] : view.column_defaults) {
    after += "\nalter view " + QuoteQualified(address.schema, address.name) + " alter column " +
             QuoteIdentifier(column) + " set default " + DefaultText(value.text) + ";\n";
  }
  if (parts.objects.empty()) return text;
  text.resize(text.size() - 2);
  text += " {\n";
  for (const schema::Object* part : parts.objects) {
    const schema::ObjectBase& base = schema::BaseOf(*part);
    text += DocLines(base.comment, "  ") + "  " + SpellPart(*part, context) + ";\n";
    text += FiringLine(*part, "  ");
    after += CommentStatement(schema::AddressOf(*part), *part, base.comment);
  }
  return text + "}\n";
}

std::string SpellDefaultPrivileges(const schema::DefaultPrivileges& defaults) {
  schema::DefaultPrivileges none = defaults;
  none.privileges.clear();
  none.revoked.clear();
  std::string text;
  for (const std::string& statement : postgres::AlterDefaultPrivileges(none, defaults))
    text += AsItem(statement) + ";\n";
  return text;
}

std::string SpellRaw(const schema::Raw& raw, const ModelContext& context) {
  std::string text = "raw " + QuoteLiteral(raw.name);
  std::string_view separator = " depends on ";
  for (const ObjectAddress& address : raw.depends_on) {
    const bool part = schema::IsTablePart(address.kind);
    const schema::Object* object = context.catalog.Find(
        part ? schema::ObjectAddress{ObjectKind::Table, address.schema, address.name, ""} : address);
    if (object == nullptr) continue;
    text += std::string(separator) + SpellTarget(address, *object);
    separator = ", ";
  }
  text += " {\n  up   " + DollarQuote(raw.create.text) + "\n";
  if (!raw.drop.text.empty()) text += "  down " + DollarQuote(raw.drop.text) + "\n";
  return text + "}\n";
}

std::string SpellBare(const schema::Object& object, const TableParts& parts, const ModelContext& context,
                      std::string& after) {
  const SqlStyle& style = context.style;
  return std::visit(
      Overloaded{
          [](const schema::Schema& schema) {
            return "schema " + QuoteIdentifier(schema.name) + (schema.is_template ? " template" : "") + ";\n";
          },
          [](const schema::Extension& extension) { return SpellExtension(extension); },
          [&](const schema::Collation& a) { return WithoutCreate(postgres::CreateCollation(a, style)); },
          [&](const schema::Enum& a) { return SpellEnum(a, context); },
          [&](const schema::Composite& a) {
            const postgres::Statements statements = postgres::CreateComposite(a, style);
            after += PartComments(statements);
            return WithoutCreate(statements);
          },
          [&](const schema::Range& a) { return WithoutCreate(postgres::CreateRange(a, style)); },
          [&](const schema::Domain& a) {
            const postgres::Statements statements = postgres::CreateDomain(a, style);
            after += PartComments(statements);
            return WithoutCreate(statements);
          },
          [&](const schema::Sequence& a) { return SpellSequence(a, context); },
          [&](const schema::Table& a) { return SpellTable(a, parts, context, after); },
          [&](const schema::Function& a) { return WithoutCreate(postgres::CreateFunction(a, false, style)); },
          [&](const schema::Aggregate& a) { return WithoutCreate(postgres::CreateAggregate(a, style)); },
          [&](const schema::View& a) { return SpellView(a, parts, context, after); },
          [](const schema::Constraint&) { return std::string(); },  // Parts stand in the body of their table.
          [](const schema::Index&) { return std::string(); },
          [](const schema::Trigger&) { return std::string(); },
          [](const schema::Policy&) { return std::string(); },
          [](const schema::Rule&) { return std::string(); },
          [&](const schema::Statistics& a) {
            if (a.target) after += TargetRemark(a);
            return WithoutCreate(postgres::CreateStatistics(a, style));
          },
          [&](const schema::EventTrigger& a) {
            if (a.firing != schema::FiringMode::Origin) after += FiringRemark(a);
            return WithoutCreate(postgres::CreateEventTrigger(a, style));
          },
          [](const schema::DefaultPrivileges& a) { return SpellDefaultPrivileges(a); },
          [&](const schema::SeedRow& a) { return SpellSeed({&a}, context); },
          [&](const schema::Raw& a) { return SpellRaw(a, context); },
      },
      object);
}

}  // namespace

// Labels that are words stand bare, save those that our grammar might take for its own.
std::string EnumLabelText(const std::string& label) {
  const std::string folded = Lower(label);
  return !IsWord(label) || folded == "was" || IsReservedKeyword(folded) ? QuoteLiteral(label) : label;
}

std::string ActionLine(const std::string& action) { return "  " + action + ";\n"; }

std::string FiringRemark(const schema::EventTrigger& trigger) {
  const std::string mode = Firing(trigger.firing);
  return "\nalter event trigger " + QuoteIdentifier(trigger.name) + " " + (mode.empty() ? "enable" : mode) +
         ";\n";
}

std::string TargetRemark(const schema::Statistics& statistics) {
  return "\nalter statistics " + QuoteQualified(statistics.name.schema, statistics.name.name) +
         " set statistics " + std::to_string(statistics.target.value_or(-1)) + ";\n";
}

std::string FiringLine(const schema::Object& part, const std::string& indent, bool spelled) {
  const auto line = [&](schema::FiringMode mode, const std::string& named) {
    std::string words = Firing(mode);
    if (words.empty() && spelled) words = "enable";
    return words.empty() ? words : indent + words + named + ";\n";
  };
  if (const auto* trigger = std::get_if<schema::Trigger>(&part))
    return line(trigger->firing, " trigger " + QuoteIdentifier(trigger->name));
  if (const auto* rule = std::get_if<schema::Rule>(&part))
    return line(rule->firing, " rule " + QuoteIdentifier(rule->name));
  return "";
}

std::string DocLines(const std::string& comment, const std::string& indent) {
  if (!FitsDoc(comment)) return "";
  std::string lines;
  std::size_t begin = 0;
  while (begin <= comment.size()) {
    const std::size_t end = std::min(comment.find('\n', begin), comment.size());
    lines += indent + "--- " + comment.substr(begin, end - begin) + "\n";
    begin = end + 1;
  }
  return lines;
}

bool FitsDoc(const std::string& comment) {
  char before = '\n';
  for (const char c : comment) {
    const bool line_edge = c == '\n' || before == '\n';
    const bool blank_at_edge = (before == '\n' && IsBlank(c)) || (c == '\n' && IsBlank(before));
    if ((static_cast<unsigned char>(c) < ' ' && c != '\n') || (line_edge && blank_at_edge)) return false;
    before = c;
  }
  return !comment.empty() && !IsBlank(before);
}

std::string PlainCommentStatement(const ObjectAddress& address, const schema::Object& object,
                                  const std::string& comment) {
  return CommentChange(address, object, "", comment);
}

std::string CommentChange(const ObjectAddress& address, const schema::Object& object, const std::string& from,
                          const std::string& to) {
  if (from == to) return "";
  std::string text;
  for (const std::string& statement : postgres::SpellComment({address, object, to}))
    text += "\n" + AsItem(statement) + ";\n";
  return text;
}

std::string CommentStatement(const ObjectAddress& address, const schema::Object& object,
                             const std::string& comment) {
  return FitsDoc(comment) ? std::string() : PlainCommentStatement(address, object, comment);
}

std::string AsItem(const std::string& statement) {
  // Up to the first name or literal everything is a keyword.
  std::string text = statement;
  for (std::size_t i = 0; i < text.size() && (IsBlank(text[i]) || IsUpper(text[i])); ++i) {
    text[i] = Lower(text[i]);
  }
  return text;
}

std::string GrantLines(const ObjectAddress& address, const schema::Object& object,
                       const schema::Privileges& from, const schema::Privileges& to) {
  std::vector<schema::Privilege> granted;
  std::vector<schema::Privilege> revoked;
  for (const schema::Privilege& privilege : from) {
    if (!to.contains(privilege)) revoked.push_back(privilege);
  }
  for (const schema::Privilege& privilege : to) {
    if (!from.contains(privilege)) granted.push_back(privilege);
  }
  const postgres::Statements revokes = postgres::SpellRevoke({address, object, revoked});
  const postgres::Statements grants = postgres::SpellGrant({address, object, granted});
  std::string text;
  if (!revokes.empty()) text += "\n";
  for (const std::string& statement : revokes) text += AsItem(statement) + ";\n";
  if (!grants.empty()) text += "\n";
  for (const std::string& statement : grants) text += AsItem(statement) + ";\n";
  return text;
}

std::string IdentityRemarks(const schema::QualifiedName& table, const schema::Column* from,
                            const schema::Column& to) {
  if (!to.identity) return "";
  schema::ObjectBase before;
  if (from != nullptr && from->identity) before = *from->identity;
  const schema::Object sequence = schema::HiddenSequence(table, to);
  const ObjectAddress address = schema::AddressOf(sequence);
  return CommentChange(address, sequence, before.comment, to.identity->comment) +
         GrantLines(address, sequence, before.privileges, to.identity->privileges);
}

std::string SpellSeed(const std::vector<const schema::SeedRow*>& rows, const ModelContext& context) {
  const schema::SeedRow& first = *rows.front();
  const schema::Table* table = context.catalog.FindTable(first.table);
  std::string text =
      context.Writer().Write("SEED").Name(first.table).Write("KEY").NameList(first.key_columns).Take() +
      " {\n";
  for (const schema::SeedRow* row : rows) {
    text += "  { ";
    bool any = false;
    for (const auto& [name, value] : row->values) {
      const schema::Column* column = table == nullptr ? nullptr : table->FindColumn(name);
      if (any) text += ", ";
      any = true;
      text += QuoteIdentifier(name) + ": " + ValueText(value, column == nullptr ? nullptr : &column->type);
    }
    text += " };\n";
  }
  return text + "}\n";
}

std::string SpellItem(const schema::Object& object, const TableParts& parts, const ModelContext& context,
                      std::string& after) {
  if (std::holds_alternative<schema::Table>(object)) return SpellBare(object, parts, context, after);
  const ObjectAddress address = schema::AddressOf(object);
  const schema::ObjectBase& base = schema::BaseOf(object);
  const bool seed = address.kind == ObjectKind::SeedRow || address.kind == ObjectKind::DefaultPrivileges;
  std::string text = seed ? std::string() : DocLines(base.comment, "");
  text += SpellBare(object, parts, context, after);
  if (!seed) {
    after += CommentStatement(address, object, base.comment);
    after += GrantLines(address, object, schema::BuiltinPrivileges(address.kind), base.privileges);
  }
  return text;
}

}  // namespace schemac::emitters
