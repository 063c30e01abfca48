#include <algorithm>
#include <map>
#include <set>

#include "compiler/support/characters.h"
#include "compiler/support/quote.h"
#include "emitters/expression_text.h"
#include "emitters/model/change_text.h"
#include "emitters/postgres/alter_table.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

// The object as if nobody had commented on it or been granted anything, or set a default of a view's column.
schema::Object Bare(schema::Object object) {
  schema::ObjectBase& base = schema::BaseOf(object);
  base.comment.clear();
  base.privileges.clear();
  if (auto* view = std::get_if<schema::View>(&object)) {
    view->column_comments.clear();
    view->column_privileges.clear();
    view->column_defaults.clear();
  }
  return object;
}

std::string AlterEnumItem(const ObjectAddress& type, const std::string& actions) {
  return "alter enum " + QuoteQualified(type.schema, type.name) + " {\n" + actions + "}\n";
}

void AppendEnumChanges(const schema::AlterObject& change, std::string& text) {
  const auto& from = std::get<schema::Enum>(change.from);
  const auto& to = std::get<schema::Enum>(change.to);
  const auto in = [](const std::vector<std::string>& all, const std::string& label) {
    for (const std::string& other : all) {
      if (other == label) return true;
    }
    return false;
  };
  std::vector<std::string> kept;
  for (const std::string& label : from.labels) {
    if (in(to.labels, label)) {
      kept.push_back(label);
      continue;
    }
    text += "  drop " + EnumLabelText(label);
    const auto mapped = change.heirs.find(label);
    if (mapped != change.heirs.end()) text += " map to " + EnumLabelText(mapped->second);
    text += ";\n";
  }
  for (std::size_t i = 0; i < to.labels.size(); ++i) {
    if (in(kept, to.labels[i])) continue;
    text += "  add " + EnumLabelText(to.labels[i]);
    std::size_t place = 0;
    if (i > 0) {
      text += " after " + EnumLabelText(to.labels[i - 1]);
      while (place < kept.size() && kept[place] != to.labels[i - 1]) ++place;
      place = std::min(place + 1, kept.size());
    } else if (!kept.empty()) {
      text += " before " + EnumLabelText(kept.front());
    }
    text += ";\n";
    kept.insert(kept.begin() + static_cast<std::ptrdiff_t>(place), to.labels[i]);
  }
  if (kept == to.labels) return;
  text += "  order (";
  for (std::size_t i = 0; i < to.labels.size(); ++i)
    text += (i > 0 ? ", " : "") + EnumLabelText(to.labels[i]);
  text += ");\n";
}

std::string SpellExtensionChange(const schema::Extension& from, const schema::Extension& to) {
  std::string actions;
  if (from.version != to.version)
    actions += ActionLine("update" + (to.version.empty() ? "" : " to " + QuoteLiteral(to.version)));
  if (from.schema != to.schema && !to.schema.empty())
    actions += ActionLine("set schema " + QuoteIdentifier(to.schema));
  return actions.empty() ? actions : "alter extension " + QuoteIdentifier(to.name) + " {\n" + actions + "}\n";
}

// `alter sequence s { increment by 5; }` from the statements of the SQL emitter; comments on parts go behind.
std::string SpellActions(std::string_view target, const postgres::Statements& statements,
                         std::string& after) {
  std::string actions;
  for (const std::string& statement : statements) {
    const std::string prefix = "ALTER " + std::string(target) + " ";
    if (statement.starts_with(prefix)) {
      actions += ActionLine(AsItem(statement.substr(prefix.size())));
    } else {
      after += "\n" + AsItem(statement) + ";\n";
    }
  }
  return actions.empty() ? actions : "alter " + AsItem(std::string(target)) + " {\n" + actions + "}\n";
}

std::string SpellDefaultsChange(const schema::DefaultPrivileges& from, const schema::DefaultPrivileges& to) {
  std::string text;
  for (const std::string& statement : postgres::AlterDefaultPrivileges(from, to))
    text += AsItem(statement) + ";\n";
  return text;
}

// The part of a table or view, named as `on` its table where it needs to be.
std::string PartTarget(std::string_view word, const ObjectAddress& address) {
  return std::string(word) + " " + QuoteIdentifier(address.member) + " on " +
         QuoteQualified(address.schema, address.name);
}

std::string Qualified(std::string_view word, const ObjectAddress& address) {
  return std::string(word) + " " + QuoteQualified(address.schema, address.name);
}

template <typename Value>
Value ValueOf(const std::map<std::string, Value>& values, const std::string& column) {
  const auto found = values.find(column);
  return found == values.end() ? Value{} : found->second;
}

// What is said of a view's columns, behind the view: `replace view` keeps all of it.
void AppendViewColumns(const schema::View& from, const schema::View& to, std::string& after) {
  const ObjectAddress view = schema::AddressOf(to);
  std::set<std::string> columns(to.columns.begin(), to.columns.end());
  for (const schema::View* each : {&from, &to}) {
    if (!to.columns.empty()) break;  // Else those that are known of.
    for (const auto& [column, comment] : each->column_comments) columns.insert(column);
    for (const auto& [column, privileges] : each->column_privileges) columns.insert(column);
    for (const auto& [column, value] : each->column_defaults) columns.insert(column);
  }
  for (const std::string& column : columns) {
    const ObjectAddress address{ObjectKind::Column, view.schema, view.name, column};
    const std::string comment = ValueOf(*to.column_comments, column);
    if (ValueOf(*from.column_comments, column) != comment) {
      for (const std::string& statement : postgres::SpellComment({address, to, comment}))
        after += "\n" + AsItem(statement) + ";\n";
    }
    after += GrantLines(address, to, ValueOf(*from.column_privileges, column),
                        ValueOf(*to.column_privileges, column));
    const auto value = to.column_defaults->find(column);
    const bool is_set = value != to.column_defaults->end();
    if (ValueOf(*from.column_defaults, column) == ValueOf(*to.column_defaults, column)) continue;
    after += "\nalter " + AsItem(postgres::SpellAddress(view, to)) + " alter column " +
             QuoteIdentifier(column) +
             (is_set ? " set default " + DefaultText(value->second.text) : " drop default") + ";\n";
  }
}

// Whether ALTER DOMAIN can lead from one to the other.
bool SameBase(const schema::AlterObject& change) {
  const auto& from = std::get<schema::Domain>(change.from);
  const auto& to = std::get<schema::Domain>(change.to);
  return from.type == to.type && from.collation == to.collation;
}

}  // namespace

std::string SpellTarget(const ObjectAddress& address, const schema::Object& object) {
  switch (address.kind) {
    case ObjectKind::Enum:
      return Qualified("enum", address);
    case ObjectKind::Column:
    case ObjectKind::Constraint:
    case ObjectKind::Index:
    case ObjectKind::Trigger:
    case ObjectKind::Policy:
    case ObjectKind::Rule:
      return PartTarget(schema::KindWord(address.kind), address);
    case ObjectKind::Raw:
      return "raw " + QuoteLiteral(address.name);
    case ObjectKind::Schema:
    case ObjectKind::Extension:
    case ObjectKind::Collation:
    case ObjectKind::Composite:
    case ObjectKind::Range:
    case ObjectKind::Domain:
    case ObjectKind::Sequence:
    case ObjectKind::Table:
    case ObjectKind::Function:
    case ObjectKind::Aggregate:
    case ObjectKind::View:
    case ObjectKind::Statistics:
    case ObjectKind::EventTrigger:
      return AsItem(postgres::SpellAddress(address, object));
    case ObjectKind::DefaultPrivileges:
    case ObjectKind::SeedRow:
    case ObjectKind::Role:
      break;
  }
  return "";
}

std::string SpellRenameItem(const schema::RenameObject& change, const schema::Object& object) {
  if (schema::IsLabel(change.from)) {
    const std::string to = EnumLabelText(change.to.member);
    return AlterEnumItem(change.from,
                         ActionLine("rename " + EnumLabelText(change.from.member) + " to " + to));
  }
  std::string text = "rename " + SpellTarget(change.from, object) + " to ";
  const bool moves = !schema::IsTablePart(change.from.kind) && change.from.schema != change.to.schema;
  // Without a schema the new name stays where the object is.
  text += moves ? QuoteIdentifier(change.to.schema) + "." + QuoteIdentifier(schema::OwnName(change.to))
                : QuoteIdentifier(schema::OwnName(change.to));
  return text + ";\n";
}

std::string SpellDropItem(const schema::DropObject& change) {
  if (const auto* defaults = std::get_if<schema::DefaultPrivileges>(&change.object)) {
    schema::DefaultPrivileges none = *defaults;
    none.privileges.clear();
    none.revoked.clear();
    return SpellDefaultsChange(*defaults, none);
  }
  return std::string("drop ") + (change.concurrently ? "concurrently " : "") +
         SpellTarget(schema::AddressOf(change.object), change.object) + ";\n";
}

std::string SpellAddPart(const schema::Object& part, bool replace, bool concurrently,
                         const ModelContext& context) {
  std::string text = SpellPart(part, context);
  const auto* index = std::get_if<schema::Index>(&part);
  if (index != nullptr && concurrently) text.insert(text.find("index") + 5, " concurrently");
  return DocLines(schema::BaseOf(part).comment, "  ") + "  " + (replace ? "replace " : "add ") + text + ";\n";
}

std::string SpellTableAttributes(const schema::Table& from, const schema::Table& to,
                                 const ModelContext& context) {
  std::string text;
  const auto [set, reset] = schema::ChangesBetween(from.options, to.options);
  if (!set.empty()) text += ActionLine(context.Writer().Write("SET").OptionList(set).Take());
  if (!reset.empty()) text += ActionLine(context.Writer().Write("RESET").OptionKeys(reset).Take());
  if (from.unlogged != to.unlogged) text += ActionLine(to.unlogged ? "set unlogged" : "set logged");
  if (from.access_method != to.access_method) {
    text += ActionLine("set access method " +
                       QuoteIdentifier(to.access_method.empty() ? "heap" : to.access_method));
  }
  if (from.tablespace != to.tablespace) {
    text +=
        ActionLine("set tablespace " + QuoteIdentifier(to.tablespace.empty() ? "pg_default" : to.tablespace));
  }
  if (from.row_security != to.row_security)
    text += ActionLine(to.row_security ? "enable row level security" : "disable row level security");
  if (from.force_row_security != to.force_row_security) {
    text += ActionLine(to.force_row_security ? "force row level security" : "no force row level security");
  }
  if (from.replica_identity != to.replica_identity) {
    text += ActionLine(
        AsItem(postgres::SpellAction({}, plan::SetReplicaIdentity{to.replica_identity}).front().sql));
  }
  if (from.clustered_on != to.clustered_on) {
    text += ActionLine(to.clustered_on.empty() ? "set without cluster"
                                               : "cluster on " + QuoteIdentifier(to.clustered_on));
  }
  for (const schema::QualifiedName& parent : from.inherits) {
    if (std::find(to.inherits.begin(), to.inherits.end(), parent) == to.inherits.end()) {
      text += ActionLine("no inherit " + QuoteQualified(parent.schema, parent.name));
    }
  }
  for (const schema::QualifiedName& parent : to.inherits) {
    if (std::find(from.inherits.begin(), from.inherits.end(), parent) == from.inherits.end()) {
      text += ActionLine("inherit " + QuoteQualified(parent.schema, parent.name));
    }
  }
  return text;
}

std::string SpellAlterObject(const schema::AlterObject& change, const ModelContext& context,
                             std::string& after) {
  const ObjectAddress address = schema::AddressOf(change.to);
  const schema::ObjectBase& from = schema::BaseOf(change.from);
  const schema::ObjectBase& to = schema::BaseOf(change.to);
  const bool same = Bare(change.from) == Bare(change.to);
  std::string text;
  bool commented = from.comment == to.comment;
  if (const auto* defaults = std::get_if<schema::DefaultPrivileges>(&change.to)) {
    return SpellDefaultsChange(std::get<schema::DefaultPrivileges>(change.from), *defaults);
  }
  if (std::holds_alternative<schema::Enum>(change.to)) {
    std::string actions;
    if (!same) AppendEnumChanges(change, actions);
    if (!actions.empty()) text = AlterEnumItem(address, actions);
  } else if (const auto* extension = std::get_if<schema::Extension>(&change.to)) {
    text = SpellExtensionChange(std::get<schema::Extension>(change.from), *extension);
  } else if (const auto* sequence = std::get_if<schema::Sequence>(&change.to)) {
    text = SpellActions(Qualified("SEQUENCE", address),
                        postgres::AlterSequence(std::get<schema::Sequence>(change.from), *sequence), after);
  } else if (const auto* domain = std::get_if<schema::Domain>(&change.to);
             domain != nullptr && SameBase(change)) {
    text = SpellActions(Qualified("DOMAIN", address),
                        postgres::AlterDomain(std::get<schema::Domain>(change.from), *domain), after);
  } else if (const auto* composite = std::get_if<schema::Composite>(&change.to)) {
    text =
        SpellActions(Qualified("TYPE", address),
                     postgres::AlterComposite(std::get<schema::Composite>(change.from), *composite), after);
  } else if (const auto* trigger = std::get_if<schema::EventTrigger>(&change.to);
             trigger != nullptr &&
             trigger->definition == std::get<schema::EventTrigger>(change.from).definition) {
    if (!same) text = FiringRemark(*trigger);
  } else if (const auto* statistics = std::get_if<schema::Statistics>(&change.to);
             statistics != nullptr &&
             statistics->definition == std::get<schema::Statistics>(change.from).definition) {
    if (!same) text = TargetRemark(*statistics);
  } else if (!same) {
    std::string ignored;
    ModelContext all = context;
    all.all_names = true;
    text = SpellItem(change.to, {}, all, ignored);
    // The doc comment stands before `replace`.
    const std::string doc = DocLines(to.comment, "");
    text = doc + "replace " + text.substr(doc.size());
    if (const auto* made = std::get_if<schema::EventTrigger>(&change.to);
        made != nullptr && made->firing != schema::FiringMode::Origin)
      after += FiringRemark(*made);
    if (const auto* made = std::get_if<schema::Statistics>(&change.to); made != nullptr && made->target)
      after += TargetRemark(*made);
    commented = FitsDoc(to.comment) || (from.comment.empty() && to.comment.empty());
  }
  if (!commented) {
    for (const std::string& statement : postgres::SpellComment({address, change.to, to.comment})) {
      after += "\n" + AsItem(statement) + ";\n";
    }
  }
  after += GrantLines(address, change.to, from.privileges, to.privileges);
  if (const auto* view = std::get_if<schema::View>(&change.to))
    AppendViewColumns(std::get<schema::View>(change.from), *view, after);
  return text;
}

std::string SpellData(const schema::ChangeData& change) {
  const schema::DataStep& step = change.step;
  constexpr std::string_view kUpdate = "update ";
  const std::string& text = step.up;
  bool update = !step.needs_undo && !change.inverted && text.size() > kUpdate.size();
  for (std::size_t i = 0; update && i < kUpdate.size(); ++i) update = (text[i] | ' ') == kUpdate[i];
  if (update) {
    std::string rest = text.substr(kUpdate.size());
    while (!rest.empty() && (rest.back() == ';' || IsBlank(rest.back()))) rest.pop_back();
    return "backfill " + rest + (EndsInLineComment(rest) ? "\n;\n" : ";\n");
  }
  std::string up = text;
  std::optional<std::string> down = step.down;
  if (change.inverted) {
    up = step.down.value_or("");
    down = step.up;
  }
  std::string item = "sql " + QuoteLiteral(step.title) + " {\n  up   " + DollarQuote(up) + "\n";
  if (down) item += "  down " + DollarQuote(*down) + "\n";
  return item + "}\n";
}

}  // namespace schemac::emitters
