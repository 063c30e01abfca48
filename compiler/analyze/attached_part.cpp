// Keys and indexes that a partition has from its parent, under names of their own.
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/analyze/parts.h"
#include "schema/edit/names.h"
#include "schema/edit/rename.h"
#include "schema/partitions.h"

namespace schemac::analyze {

using schema::ObjectAddress;
using schema::ObjectKind;

namespace {

// The parent's key or index, or nullopt after reporting.
std::optional<ObjectAddress> FindParentPart(Context& context, const schema::Table& table,
                                            const ast::AttachedPart& part) {
  if (!table.partition_of) {
    context.Report(Diagnostic(DiagnosticKind::InvalidDefinition, part.span,
                              fmt::format("table {} is no partition", Quoted(table.name.name)))
                       .Fix("write the columns of the key or index after its name"));
    return std::nullopt;
  }
  const schema::QualifiedName& parent = table.partition_of->parent;
  const ObjectKind kind = part.is_index ? ObjectKind::Index : ObjectKind::Constraint;
  const ObjectAddress address{kind, parent.schema, parent.name, part.parent.text};
  if (context.catalog.Has(address)) return address;
  std::vector<std::string> names;
  for (const schema::Object* each : context.catalog.PartsOf(parent, kind))
    names.push_back(schema::AddressOf(*each).member);
  const std::string nearest = Nearest(part.parent.text, names);
  context.Report(Diagnostic(DiagnosticKind::UnknownName, part.parent.span,
                            fmt::format("there is no {}", schema::Describe(address)))
                     .Fix(nearest.empty() ? "" : fmt::format("did you mean {}?", Quoted(nearest))));
  return std::nullopt;
}

// The partition's part that belongs to it; the one that has the name already, if there is one.
std::optional<ObjectAddress> FindAttached(const Context& context, const schema::Table& table,
                                          const ObjectAddress& parent, const std::string& name) {
  std::optional<ObjectAddress> found;
  for (const schema::Object* each : context.catalog.PartsOf(table.name, parent.kind)) {
    const ObjectAddress address = schema::AddressOf(*each);
    if (schema::ParentPart(context.catalog, *each) != parent) continue;
    if (!found || address.member == name) found = address;
  }
  return found;
}

// A name that the server chose for another part gives way, as it would have had the name been taken then.
std::optional<Error> MakeRoom(schema::Catalog& catalog, const ObjectAddress& wanted) {
  for (const ObjectKind kind : {ObjectKind::Constraint, ObjectKind::Index}) {
    ObjectAddress taken = wanted;
    taken.kind = kind;
    const schema::Object* object = catalog.Find(taken);
    if (object == nullptr || !schema::ParentPart(catalog, *object)) continue;
    ObjectAddress other = taken;
    if (const auto* index = std::get_if<schema::Index>(object)) {
      schema::Index nameless = *index;
      nameless.name.clear();
      other.member = schema::ChooseIndexName(catalog, nameless);
    } else {
      schema::Constraint nameless = std::get<schema::Constraint>(*object);
      nameless.name.clear();
      other.member = schema::ChooseConstraintName(catalog, nameless);
    }
    if (auto done = schema::ApplyRename(catalog, {taken, other}); !done) return done.error();
  }
  return std::nullopt;
}

}  // namespace

bool NameAttached(Context& context, const Relation& relation, const ast::AttachedPart& part) {
  context.CheckName(part.name);
  const auto* table = context.catalog.Get<schema::Table>(relation.address);
  if (table == nullptr) return false;
  const auto parent = FindParentPart(context, *table, part);
  if (!parent) return false;
  const auto found = FindAttached(context, *table, *parent, part.name.text);
  if (!found) {
    context.Report(Diagnostic(
        DiagnosticKind::InvalidDefinition, part.span,
        fmt::format("partition {} has nothing of {}", Quoted(table->name.name), schema::Describe(*parent))));
    return false;
  }
  ObjectAddress wanted = *found;
  wanted.member = part.name.text;
  if (wanted != *found) {
    auto error = MakeRoom(context.catalog, wanted);
    if (!error) {
      if (auto done = schema::ApplyRename(context.catalog, {*found, wanted}); !done) error = done.error();
    }
    if (error) {
      context.Report(Diagnostic(DiagnosticKind::DuplicateName, part.name.span, error->message));
      return false;
    }
  }
  schema::BaseOf(*context.catalog.FindMutable(wanted)).comment = part.comment;
  return true;
}

}  // namespace schemac::analyze
