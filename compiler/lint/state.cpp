#include "compiler/lint/state.h"

#include <algorithm>

#include "schema/type.h"

namespace schemac::lint {

using facts::LockMode;
using facts::Operation;
using schema::ConstraintKind;
using schema::ObjectKind;
using schema::QualifiedName;

namespace {

// Where a name without a schema is: in the first schema of the path that holds it, else where a new one would
// go.
void Qualify(QualifiedName& name, const State& state) {
  if (!name.schema.empty() || name.name.empty()) return;
  for (const std::string& schema : state.search_path) {
    const QualifiedName full{schema, name.name};
    if (state.created.contains(full) || state.catalog->FindRelation(full) || state.catalog->FindType(full)) {
      name = full;
      return;
    }
  }
  name.schema = state.search_path.empty() ? "public" : state.search_path.front();
}

const schema::Constraint* FindConstraint(const State& state, const QualifiedName& table,
                                         const std::string& name) {
  return state.catalog->Get<schema::Constraint>({ObjectKind::Constraint, table.schema, table.name, name});
}

bool IsForeignKey(const State& state, const sql::Deed& deed) {
  const auto made = state.constraints.find({deed.relation, deed.member});
  if (made != state.constraints.end()) return made->second.kind == ConstraintKind::ForeignKey;
  const schema::Constraint* known = FindConstraint(state, deed.relation, deed.member);
  return known != nullptr && known->foreign_key.has_value();
}

void NameReferenced(const State& state, sql::Deed& deed) {
  const schema::Constraint* known = FindConstraint(state, deed.relation, deed.member);
  if (known != nullptr && known->foreign_key) deed.others = {known->foreign_key->table};
}

// A valid check that says so, of the script or of the catalog. Spellings other than `c IS NOT NULL` are not
// known.
bool IsProvenNotNull(const State& state, const sql::Deed& deed) {
  for (const auto& [key, made] : state.constraints) {
    if (key.first == deed.relation && made.not_null_column == deed.member && !made.not_valid) return true;
  }
  for (const schema::Object* part : state.catalog->PartsOf(deed.relation, ObjectKind::Constraint)) {
    const auto& constraint = std::get<schema::Constraint>(*part);
    if (!constraint.check || constraint.not_valid || constraint.check->references.size() != 1) continue;
    const std::string& text = constraint.check->text;
    const bool column = constraint.check->references.front().target.member == deed.member;
    const std::string_view words = " IS NOT NULL";
    if (column && text.size() > words.size() && text.find(words) == text.size() - words.size() &&
        text.find(' ') == text.size() - words.size())
      return true;
  }
  return false;
}

bool ChangesInPlace(const State& state, const sql::Deed& deed) {
  const schema::Table* table = state.catalog->FindTable(deed.relation);
  const schema::Column* column = table == nullptr ? nullptr : table->FindColumn(deed.member);
  if (column == nullptr || deed.columns.empty() || deed.columns[0].converts) return false;
  return schema::IsBinaryCoercible(column->type, deed.columns[0].type);
}

bool KeyMayBeNull(const State& state, const sql::Deed& deed) {
  const schema::Table* table = state.catalog->FindTable(deed.relation);
  if (table == nullptr || deed.constraints.empty()) return false;
  const std::vector<std::string>& columns = deed.constraints[0].columns;
  return std::any_of(columns.begin(), columns.end(), [&](const std::string& name) {
    const schema::Column* column = table->FindColumn(name);
    return column != nullptr && !column->not_null;
  });
}

bool IsConstrainedDomain(const State& state, const sql::Deed& deed) {
  if (deed.columns.empty() || deed.columns[0].type.name.empty()) return false;
  QualifiedName name{deed.columns[0].type.schema, deed.columns[0].type.name};
  Qualify(name, state);
  const auto* domain = state.catalog->Get<schema::Domain>({ObjectKind::Domain, name.schema, name.name, ""});
  return domain != nullptr && (domain->not_null || !domain->constraints.empty());
}

Operation OperationIn(const State& state, sql::Deed& deed) {
  switch (deed.operation) {
    case Operation::ValidateCheck:
      if (!IsForeignKey(state, deed)) break;
      NameReferenced(state, deed);
      return Operation::ValidateForeignKey;
    case Operation::DropConstraint:
      if (!IsForeignKey(state, deed)) break;
      NameReferenced(state, deed);
      return Operation::DropForeignKey;
    case Operation::SetNotNull:
      return IsProvenNotNull(state, deed) ? Operation::SetNotNullProven : Operation::SetNotNull;
    case Operation::ChangeTypeRewriting:
      return ChangesInPlace(state, deed) ? Operation::ChangeTypeInPlace : Operation::ChangeTypeRewriting;
    case Operation::AddPrimaryKey:
      return KeyMayBeNull(state, deed) ? Operation::AddPrimaryKeyNullable : Operation::AddPrimaryKey;
    case Operation::AddColumn:
      return IsConstrainedDomain(state, deed) ? Operation::AddColumnConstrainedDomain : Operation::AddColumn;
    case Operation::DropTable:
      for (const schema::Object* part : state.catalog->PartsOf(deed.relation, ObjectKind::Constraint)) {
        const auto& key = std::get<schema::Constraint>(*part).foreign_key;
        if (key && key->table != deed.relation) deed.others.push_back(key->table);
      }
      return deed.others.empty() ? Operation::DropTable : Operation::DropTableReferencing;
    default:
      break;
  }
  return deed.operation;
}

// An index is known by its own name; what is locked is its table.
void FindTableOfIndex(const State& state, sql::Deed& deed) {
  if (deed.operation != Operation::DropIndex && deed.operation != Operation::DropIndexConcurrently) return;
  deed.member = deed.relation.name;
  const auto address = state.catalog->FindRelation(deed.relation);
  if (address && (address->kind == ObjectKind::Index || address->kind == ObjectKind::Constraint)) {
    deed.relation = address->qualified();
  }
}

void EndTransaction(State& state) {
  state.in_transaction = state.wrapped;
  state.began = false;
  state.held.clear();
  state.labels.clear();
  state.timeouts = state.session_timeouts;
  ++state.transaction;
}

void Control(sql::Control control, State& state) {
  switch (control) {
    case sql::Control::Begin:
      state.in_transaction = state.began = true;
      break;
    case sql::Control::Commit:
    case sql::Control::Rollback:
      EndTransaction(state);
      break;
    case sql::Control::None:
    case sql::Control::Savepoint:
    case sql::Control::Block:
      break;
  }
}

void Set(const sql::Deed& deed, State& state) {
  const bool limits = deed.new_name != "0" && !deed.new_name.empty();
  const auto set = [&](bool State::Timeouts::*which) {
    if (deed.local && !state.in_transaction) return;  // Without effect, as PostgreSQL warns.
    state.timeouts.*which = limits;
    if (!deed.local) state.session_timeouts.*which = limits;
  };
  if (deed.member == "lock_timeout") set(&State::Timeouts::lock);
  if (deed.member == "statement_timeout") set(&State::Timeouts::statement);
  if (deed.member != "search_path" || deed.new_name.empty()) return;
  state.search_path.clear();
  std::size_t begin = 0;
  while (begin <= deed.new_name.size()) {
    const std::size_t end = std::min(deed.new_name.find(", ", begin), deed.new_name.size());
    state.search_path.push_back(deed.new_name.substr(begin, end - begin));
    begin = end + 2;
  }
}

void Remember(const sql::Deed& deed, State& state) {
  for (const sql::ConstraintTraits& constraint : deed.constraints) {
    state.constraints[{deed.relation, constraint.name}] = {constraint.kind, constraint.not_valid,
                                                           state.transaction, constraint.not_null_column};
  }
  if (deed.operation == Operation::ValidateCheck || deed.operation == Operation::ValidateForeignKey) {
    const auto made = state.constraints.find({deed.relation, deed.member});
    if (made != state.constraints.end()) made->second.not_valid = false;
  }
  if (deed.operation == Operation::DropConstraint || deed.operation == Operation::DropForeignKey) {
    state.constraints.erase({deed.relation, deed.member});
  }
  if (deed.operation == Operation::AddEnumLabel) state.labels.emplace(deed.relation, deed.member);
  if (deed.operation == Operation::DropIndex || deed.operation == Operation::DropIndexConcurrently) {
    state.dropped_indexes.insert(deed.member);
  }
}

bool MakesRelation(Operation operation) {
  switch (operation) {
    case Operation::CreateTable:
    case Operation::CreateTableReferencing:
    case Operation::CreatePartition:
    case Operation::CreateInheritingTable:
    case Operation::CreateTableLike:
    case Operation::CreateTableAs:
    case Operation::CreateView:
    case Operation::CreateMaterializedView:
    case Operation::CreateSequence:
    case Operation::CreateType:
    case Operation::CreateDomain:
      return true;
    default:
      return false;
  }
}

void Hold(const QualifiedName& relation, LockMode mode, State& state) {
  if (mode == LockMode::None || relation.name.empty() || state.created.contains(relation)) return;
  LockMode& held = state.held[relation];
  held = std::max(held, mode);
}

}  // namespace

sql::Deed Refined(sql::Deed deed, const State& state) {
  deed.unqualified =
      sql::NamesRelation(deed.operation) && deed.relation.schema.empty() && !deed.relation.name.empty();
  if (sql::NamesRelation(deed.operation)) Qualify(deed.relation, state);
  for (QualifiedName& other : deed.others) Qualify(other, state);
  if (!sql::NamesRelation(deed.operation)) deed.lock = LockMode::None;
  const bool as_listed = deed.lock == facts::FactsOf(deed.operation).lock;
  FindTableOfIndex(state, deed);
  deed.operation = OperationIn(state, deed);
  if (as_listed) deed.lock = facts::FactsOf(deed.operation).lock;
  return deed;
}

void LeaveBlock(const sql::StatementDeeds& next, State& state) {
  if (!state.in_block || next.inside) return;
  state.in_block = false;
  EndTransaction(state);
}

void Advance(const sql::StatementDeeds& statement, State& state) {
  Control(statement.control, state);
  for (const sql::Deed& deed : statement.deeds) {
    if (deed.operation == Operation::Session) {
      Set(deed, state);
      continue;
    }
    Remember(deed, state);
    if (MakesRelation(deed.operation)) state.created.insert(deed.relation);
    if (deed.operation == Operation::RenameTable && state.created.contains(deed.relation)) {
      state.created.insert({deed.relation.schema, deed.new_name});
    }
    Hold(deed.relation, deed.lock, state);
    for (const QualifiedName& other : deed.others)
      Hold(other, facts::FactsOf(deed.operation).others_lock, state);
  }
  if (statement.control == sql::Control::Block && !state.in_transaction) state.in_block = true;
  if (state.in_block) state.in_transaction = true;  // COMMIT in a block begins the next.
  if (!state.in_transaction) EndTransaction(state);
}

}  // namespace schemac::lint
