#include "schema/diff/apply.h"

#include <algorithm>

#include "compiler/support/overloaded.h"
#include "schema/edit/drop.h"
#include "schema/edit/rename.h"

namespace schemac::schema {

namespace {

Error DoesNotFit(const std::string& what) {
  return {"the change does not fit: " + what, DiagnosticKind::InvalidDefinition, {}, 1, ""};
}

class Applier {
 public:
  explicit Applier(Catalog& catalog) : catalog_(catalog) {}

  Done operator()(const CreateObject& change) const {
    const ObjectAddress address = AddressOf(change.object);
    if (catalog_.Has(address)) return DoesNotFit(Describe(address) + " already exists");
    catalog_.Put(change.object);
    return std::monostate();
  }
  Done operator()(const DropObject& change) const {
    const ObjectAddress address = AddressOf(change.object);
    if (!catalog_.Remove(address)) return Missing(address);
    return std::monostate();
  }
  Done operator()(const AlterObject& change) const {
    const ObjectAddress address = AddressOf(change.from);
    const Object* found = catalog_.Find(address);
    if (found == nullptr) return Missing(address);
    if (AddressOf(change.to) != address)
      return DoesNotFit(Describe(address) + " cannot become another object");
    Object changed = change.to;
    if (auto* table = std::get_if<Table>(&changed)) table->columns = std::get<Table>(*found).columns;
    catalog_.Put(std::move(changed));
    return std::monostate();
  }
  Done operator()(const RenameObject& change) const {
    return ApplyRename(catalog_, {change.from, change.to});
  }
  Done operator()(const AddColumn& change) const {
    return Edit(change.table, [&](Table& table) -> Done {
      if (table.FindColumn(change.column.name) != nullptr) {
        return DoesNotFit(Describe(Address(change.table, change.column.name)) + " already exists");
      }
      table.columns.push_back(change.column);
      return std::monostate();
    });
  }
  Done operator()(const DropColumn& change) const {
    return Edit(change.table, [&](Table& table) -> Done {
      const std::string& name = change.column.name;
      if (std::erase_if(table.columns, [&](const Column& it) { return it.name == name; }) == 0) {
        return Missing(Address(change.table, name));
      }
      return std::monostate();
    });
  }
  Done operator()(const AlterColumn& change) const {
    return Edit(change.table, [&](Table& table) -> Done {
      Column* column = table.FindColumn(change.from.name);
      if (column == nullptr) return Missing(Address(change.table, change.from.name));
      if (change.to.name != change.from.name) {
        return DoesNotFit(Describe(Address(change.table, change.from.name)) +
                          " is renamed by a change of its own");
      }
      *column = change.to;
      return std::monostate();
    });
  }
  Done operator()(const ChangeData&) const { return std::monostate(); }

 private:
  static ObjectAddress Address(const QualifiedName& table, const std::string& column) {
    return {ObjectKind::Column, table.schema, table.name, column};
  }
  static Error Missing(const ObjectAddress& address) {
    return DoesNotFit("there is no " + Describe(address));
  }

  // Identity columns bring names of sequences: only then does the table have to be entered anew.
  static bool NamesSequences(const Table& table) {
    return std::ranges::any_of(table.columns, [](const Column& it) { return it.identity.has_value(); });
  }

  template <typename Function>
  Done Edit(const QualifiedName& name, const Function& edit) const {
    const ObjectAddress address{ObjectKind::Table, name.schema, name.name, ""};
    auto* table = catalog_.GetMutable<Table>(address);
    if (table == nullptr) return Missing(address);
    Table changed = *table;
    if (Done done = edit(changed); !done) return done;
    if (NamesSequences(*table) || NamesSequences(changed)) {
      catalog_.Put(std::move(changed));
    } else {
      *table = std::move(changed);
    }
    return std::monostate();
  }

  Catalog& catalog_;
};

Change Inverse(const Change& change) {
  return std::visit(Overloaded{
                        [](const CreateObject& it) -> Change {
                          return DropObject{it.object, it.concurrently};
                        },
                        [](const DropObject& it) -> Change {
                          return CreateObject{it.object, it.concurrently};
                        },
                        [](const AlterObject& it) -> Change {
                          // Labels that were removed are added again; which rows had them is not known.
                          return AlterObject{it.to, it.from, {}};
                        },
                        [](const RenameObject& it) -> Change {
                          return RenameObject{it.to, it.from};
                        },
                        [](const AddColumn& it) -> Change {
                          return DropColumn{it.table, it.column, it.backfill};
                        },
                        [](const DropColumn& it) -> Change {
                          return AddColumn{it.table, it.column, it.restore};
                        },
                        [](const AlterColumn& it) -> Change {
                          return AlterColumn{
                              it.table, it.to, it.from, {it.conversion.down, it.conversion.up}, std::nullopt};
                        },
                        [](const ChangeData& it) -> Change {
                          return ChangeData{it.step, !it.inverted};
                        },
                    },
                    change);
}

}  // namespace

ErrorOr<Catalog> Apply(Catalog catalog, const Diff& diff) {
  const Applier applier(catalog);
  for (const Change& change : diff.changes) {
    if (Done done = std::visit(applier, change); !done) return done.error();
  }
  return catalog;
}

Diff Invert(const Diff& diff) {
  Diff inverse;
  inverse.changes.reserve(diff.changes.size());
  for (auto change = diff.changes.rbegin(); change != diff.changes.rend(); ++change) {
    inverse.changes.push_back(Inverse(*change));
  }
  return inverse;
}

}  // namespace schemac::schema
