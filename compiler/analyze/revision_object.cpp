#include <fmt/format.h>

#include "compiler/analyze/revision.h"
#include "compiler/analyze/targets.h"
#include "compiler/analyze/words.h"
#include "compiler/support/quote.h"
#include "schema/edit/rename.h"
#include "schema/retarget.h"

namespace schemac::analyze {

using schema::ObjectAddress;
using schema::ObjectKind;

namespace {

// What the object was called before the renames of this revision.
ObjectAddress FormerAddress(const schema::Intent& intent, ObjectAddress address) {
  for (auto rename = intent.renames.rbegin(); rename != intent.renames.rend(); ++rename) {
    if (auto former = schema::Retarget(address, rename->to, rename->from)) address = *std::move(former);
  }
  return address;
}

template <typename Value>
void Rekey(std::map<ObjectAddress, Value>& values, const schema::Rename& rename) {
  std::map<ObjectAddress, Value> kept;
  for (auto& [address, value] : values) {
    kept.emplace(schema::Retarget(address, rename.from, rename.to).value_or(address), std::move(value));
  }
  values = std::move(kept);
}

// What has been told so far goes by the names after all renames.
void FollowRename(schema::Intent& intent, const schema::Rename& rename) {
  Rekey(intent.backfills, rename);
  Rekey(intent.restores, rename);
  Rekey(intent.conversions, rename);
  Rekey(intent.labels, rename);
  std::set<ObjectAddress> concurrently;
  for (const ObjectAddress& address : intent.concurrently) {
    concurrently.insert(schema::Retarget(address, rename.from, rename.to).value_or(address));
  }
  intent.concurrently = std::move(concurrently);
  const ObjectAddress former = FormerAddress(intent, rename.from);
  bool told = false;
  for (schema::Rename& earlier : intent.renames) {
    if (earlier.to == rename.from) told = true;
    if (auto moved = schema::Retarget(earlier.to, rename.from, rename.to)) earlier.to = *std::move(moved);
  }
  // The second rename of one object carries the first one on; one that leads back undoes it.
  if (!told) intent.renames.push_back({former, rename.to});
  std::erase_if(intent.renames, [](const schema::Rename& each) { return each.from == each.to; });
}

ast::Target WithTable(const ast::Target& target, const ObjectAddress& owner) {
  ast::Target full = target;
  if (full.table) return full;
  ast::QualifiedName table;
  table.schema = ast::Name{owner.schema, target.span};
  table.name = {owner.name, target.span};
  table.span = target.span;
  full.table = table;
  return full;
}

// `FUNCTION f(integer)`, `POLICY p ON t`, `TABLE t ALTER COLUMN c`: what stands between ALTER and the action.
void AddTargetName(SqlTemplate& sql, const schema::Catalog& catalog, const ObjectAddress& address,
                   Span place) {
  const schema::QualifiedName name = address.qualified();
  if (address.kind == ObjectKind::Column || address.kind == ObjectKind::Constraint) {
    sql.Add("TABLE").AddName(name, place);
    sql.Add(address.kind == ObjectKind::Column ? "ALTER COLUMN" : "ALTER CONSTRAINT");
    sql.Add(QuoteIdentifier(address.member), place);
    return;
  }
  sql.Add(StatementWord(catalog, address));
  switch (address.kind) {
    case ObjectKind::Schema:
    case ObjectKind::Extension:
    case ObjectKind::EventTrigger:
      sql.Add(QuoteIdentifier(address.name), place);
      return;
    case ObjectKind::Index:
      sql.AddName(schema::QualifiedName{address.schema, address.member}, place);
      return;
    case ObjectKind::Trigger:
    case ObjectKind::Policy:
    case ObjectKind::Rule:
      sql.Add(QuoteIdentifier(address.member), place).Add("ON").AddName(name, place);
      return;
    case ObjectKind::Function:
    case ObjectKind::Aggregate:
      sql.AddName(name, place).Add("(" + address.member + ")", place);
      return;
    default:
      sql.AddName(name, place);
      return;
  }
}

// A new name must be told as a rename, or the diff would see a drop and an add.
bool RefuseRename(Context& context, const ObjectAddress& address, const ast::AlterAction& action) {
  const std::vector<Word> words = ScanWords(context.Text(action.text.span));
  const auto is = [&](std::size_t i, std::string_view text) {
    return i < words.size() && words[i].kind == Word::Kind::Identifier && words[i].text == text;
  };
  const bool domain_constraint = address.kind == ObjectKind::Domain && is(0, "rename") && is(1, "constraint");
  // The schema of an extension is no part of its address.
  const bool moves = is(0, "set") && is(1, "schema") && address.kind != ObjectKind::Extension;
  const bool renames = (is(0, "rename") && !domain_constraint) || moves;
  if (!renames) return false;
  context.Report(
      Diagnostic(DiagnosticKind::Unsupported, action.text.span, "a rename stands as an item of its own")
          .Fix("write rename … to …"));
  return true;
}

// The sequence behind an identity column is no object of the catalog. Whether something was renamed.
bool RenameIdentitySequence(Context& context, const ast::RenameItem& rename, const Namespace& where) {
  const ast::QualifiedName& name = rename.target.name;
  if (rename.target.kind.text != "sequence" || rename.to.schema) return false;
  const std::vector<std::string> schemas =
      name.schema ? std::vector<std::string>{name.schema->text} : where.search_path;
  for (const std::string& schema : schemas) {
    const auto owner = context.catalog.FindRelation({schema, name.name.text});
    if (!owner || owner->kind != ObjectKind::Column) continue;
    const ObjectAddress from{ObjectKind::Sequence, schema, name.name.text, ""};
    const ObjectAddress to{ObjectKind::Sequence, schema, rename.to.name.text, ""};
    const auto done = schema::ApplyRename(context.catalog, {from, to});
    if (!done) context.Report(Diagnostic(done.error().kind, rename.span, done.error().message));
    return true;
  }
  return false;
}

}  // namespace

void RenameTarget(Context& context, const ast::RenameItem& rename, const Namespace& where) {
  if (RenameIdentitySequence(context, rename, where)) return;
  const auto from = FindTarget(context, rename.target, where);
  if (!from || !context.CheckName(rename.to.name)) return;
  ObjectAddress to = *from;
  schema::SetOwnName(to, rename.to.name.text);
  if (rename.to.schema) {
    if (schema::IsTablePart(from->kind) || from->schema.empty()) {
      context.Report(Diagnostic(DiagnosticKind::InvalidDefinition, rename.to.schema->span,
                                fmt::format("a {} cannot move to another schema", rename.target.kind.text)));
      return;
    }
    to.schema = rename.to.schema->text;
  }
  const schema::Rename told{*from, to};
  auto done = schema::ApplyRename(context.catalog, told);
  if (!done) {
    context.Report(Diagnostic(done.error().kind, rename.span, done.error().message).Fix(done.error().fix));
    return;
  }
  FollowRename(context.intent, told);
}

void AlterTarget(Context& context, const ast::Target& target, const ast::AlterAction& action,
                 const Namespace& where) {
  const auto address = FindTarget(context, target, where);
  if (!address || RefuseRename(context, *address, action)) return;
  SqlTemplate sql(context.sources, action.span);
  sql.Add("ALTER");
  AddTargetName(sql, context.catalog, *address, target.span);
  sql.AddSource(action.text.span);
  context.Run(sql, where);
}

void CommentOn(Context& context, const ast::Target& target, const ast::SetComment& comment,
               const Namespace& where) {
  auto address = FindTarget(context, target, where);
  if (address && comment.target) {
    address = FindTarget(context, WithTable(*comment.target, *address), where);
  }
  if (!address) return;
  const std::string text = comment.text ? comment.text->text : "";
  if (address->kind != ObjectKind::Column) {
    schema::BaseOf(*context.catalog.FindMutable(*address)).comment = text;
    return;
  }
  const ObjectAddress owner = schema::TableOf(*address);
  if (auto* table = context.catalog.GetMutable<schema::Table>(owner)) {
    table->FindColumn(address->member)->comment = text;
    return;
  }
  auto* view =
      context.catalog.GetMutable<schema::View>({ObjectKind::View, address->schema, address->name, ""});
  if (view == nullptr) return;
  if (text.empty()) {
    view->column_comments.Edit().erase(address->member);
  } else {
    view->column_comments.Edit()[address->member] = text;
  }
}

}  // namespace schemac::analyze
