"""The hospital's public tables in shapes that other systems read: DuckDB, FHIR R4, OMOP. No hidden column leaves."""
